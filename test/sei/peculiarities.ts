import type { Dialect } from "../../provider/simulator/simulator.js";
import type { Peculiarities } from "./contract.js";

/** What a dialect does that no client can make equal. */
export function peculiaritiesOf(dialect: Dialect): Peculiarities {
  const { upsertBlank, upsertNull, upsertMode, errorBody } = dialect;
  const { listBeforeSetup, schemaBeforeSetup, unknownPath } = dialect;
  const isMissing = [listBeforeSetup, schemaBeforeSetup, unknownPath].every((status) => status === 404);
  return {
    reuploadMerges: dialect.reupload === "merge",
    identitiesAppend: dialect.secondIdentity === "append",
    looksWrong: isMissing && (errorBody === "empty" || errorBody === "html"),
    identitiesUnseen: dialect.generations === "previous" && dialect.contributors !== "same",
    neverClears: upsertBlank !== "clear" && upsertNull !== "clear" && upsertMode === "merge",
    staleApprove: dialect.staleApprove,
  };
}
