import { maskText } from "../../provider/report/mask-text";
import { outcomeLines } from "../../provider/report/outcome";
import type { Change } from "../../provider/roster/change";
import { at, dev, team } from "../support/people";

const joins = (login: string): Change => ({ kind: "create", email: at(login), after: dev(login) });

const outcome = {
  status: "failed" as const,
  done: [joins("ada")],
  failed: [joins("bob")],
  notTried: team(25).map(({ email }) => joins(email.split("@")[0] ?? "")),
  reason: "the API said no to bob@example.com",
  reasonWithoutPeople: "RefusedError at PATCH /v2/developers, status 400",
};

test("counts first, then why, then who: the first of each", () => {
  const lines = outcomeLines(outcome, "names");
  expect(lines.slice(0, 5)).toEqual([
    "1 of 27 changes done, 1 failed, 25 not tried",
    "  the API said no to bob@example.com",
    "  failed:",
    "    + bob@example.com  BOB joins",
    "  not tried:",
  ]);
  expect(lines.slice(-4)).toEqual([
    "    + p019@example.com  P019 joins",
    "    … and 5 more",
    "  done:",
    "    + ada@example.com  ADA joins",
  ]);
  expect(outcomeLines({ ...outcome, status: "unverified" }, "names")).toContain("  not seen by a read:");
});

test("masked: neither people nor what the API said", () => {
  const text = outcomeLines(outcome, "masked").join("\n");
  expect(text).toContain("RefusedError at PATCH /v2/developers, status 400");
  expect(text).not.toMatch(/\bada\b|bob|p0\d\d|said no/i);
});

test("no address survives a masked text, whatever stands around it", () => {
  for (const address of ["ada@example.com", "o'neil+1@example.com", "ada@x", "Ünal@exämple.com"]) {
    for (const [before, after] of [
      ["", ""],
      ['"', '"'],
      ["(", ")."],
      ["manager: ", ", next"],
      ["<", ">"],
    ]) {
      expect(maskText(`${before}${address}${after}`)).not.toContain(address);
    }
  }
  expect(maskText("ada@example.com, eve@example.com; no @ here")).toBe("a***@example.com, e***@example.com; no @ here");
});
