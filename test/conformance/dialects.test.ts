import type { Judged } from "../../provider/conformance/assumption.js";
import { DIALECTS, type Dialect } from "../../provider/simulator/simulator.js";
import { coveringDialects } from "../sei/covering-dialects.js";
import { started } from "../simulator/support.js";
import { bytesOf } from "./account.js";
import { conform } from "./conform.js";
import { EXPECTED } from "./expected.js";

jest.setTimeout(120_000);

/** More than a page of them; names, addresses and ids are in three orders. */
const CROWD = [
  "Name,Email,Manager Email,Team",
  "Zoe Hopper,mia@example.com,,Core",
  "Ada Lovelace,zed@example.com,mia@example.com,Payments",
  ...Array.from({ length: 52 }, (_, at) => `Person ${90 - at},p${10 + at}@example.com,mia@example.com,`),
  "",
].join("\n");

const HELD = ["mia", "zed"].map((who) => ({ email: `${who}@example.com`, integrationId: 101, identity: `${who}-x` }));

function seenIn({ assumption, verdict }: Judged): string | null {
  switch (verdict.kind) {
    case "holds":
      return assumption.expected;
    case "differs":
      return verdict.seen;
    case "notTested":
      return null;
  }
}

async function examine(dialect: Dialect): Promise<void> {
  const sei = await started({ dialect }, CROWD);
  await sei.identify(HELD);
  const before = await bytesOf(sei);
  const { judged, wrote } = await conform(sei);
  const seen = Object.fromEntries(judged.map((one) => [one.assumption.id, seenIn(one)]));
  const expected = Object.fromEntries(Object.entries(EXPECTED).map(([id, of]) => [id, of(dialect)]));
  // Why something was not tested stands beside it where it should have been.
  const why = judged.flatMap(({ assumption: { id }, verdict }) =>
    verdict.kind === "notTested" && expected[id] !== null ? [`${id}: ${verdict.why}`] : [],
  );
  expect({ seen, why }).toEqual({ seen: expected, why: [] });
  expect(await bytesOf(sei)).toEqual(before);
  // A server that keeps the identities of who is deleted shows them to nobody; they are said to be left.
  const kept = sei.state().identities.filter(({ identity }) => identity.includes("conformance"));
  const isLeft = wrote?.left.some((line) => line.startsWith("identities")) ?? false;
  expect([kept.length > 0 && !isLeft, wrote?.interrupted]).toEqual([false, false]);
  if (dialect.deleteDropsIdentities) expect(wrote?.left).toEqual([]);
}

/** Those that speak the current generation. */
const NAMED = Object.entries(DIALECTS as Readonly<Record<string, Dialect>>).filter(
  ([, { generations }]) => generations !== "previous",
);

test.each(NAMED)("what is seen of dialect %s is what its entries say, and nothing is left", (_, dialect) =>
  examine(dialect),
);

/** `COVERING_CONFORMANCE=all` takes some minutes. */
const ROWS = coveringDialects(2).filter(({ generations }) => generations !== "previous");
const SOME = process.env["COVERING_CONFORMANCE"] === "all" ? ROWS : ROWS.slice(0, 6);

test.each(SOME.map((dialect, at) => [at, dialect] as const))(
  "the same of dialect %i of the covering array",
  (_, dialect) => examine(dialect),
);
