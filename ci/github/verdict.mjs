// Lets the step end as sei-roster has ended.
import { main, needed, optional } from "../shared/main.mjs";
import { isFailure } from "../shared/report-body.mjs";

await main(async () => {
  const code = Number(needed("SEI_CI_EXIT_CODE", /^\d{1,3}$/));
  const changesFail = optional("SEI_CI_CHANGES_FAIL");
  if (changesFail !== "" && changesFail !== "true" && changesFail !== "false") {
    throw new Error("changes-fail is true, false or empty");
  }
  if (isFailure(needed("SEI_CI_COMMAND"), code, changesFail)) process.exitCode = code;
});
