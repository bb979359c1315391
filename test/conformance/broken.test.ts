import type { Conformance } from "../../provider/conformance/conformance.js";
import type { Fault } from "../../provider/simulator/simulator.js";
import type { Client } from "../simulator/support.js";
import { bytesOf, smallAccount } from "./account.js";
import { conform } from "./conform.js";

jest.setTimeout(60_000);

/** `CONFORMANCE_FAULTS=all` breaks every request, which takes many minutes. */
const EVERY = process.env["CONFORMANCE_FAULTS"] === "all";
const upTo = (most: number, step: number) =>
  Array.from({ length: Math.ceil(most / (EVERY ? 1 : step)) }, (_, at) => 1 + at * (EVERY ? 1 : step));

const FAULTS: readonly Fault[] = [
  { kind: "status", status: 500 },
  { kind: "status", status: 502, body: "html", applied: true },
  { kind: "reset" },
  { kind: "resetAfter" },
  { kind: "cut" },
];

/** Nobody who was made up is there, or it is said who is. */
async function expectNothingLeft(sei: Client, before: readonly string[], { wrote }: Conformance): Promise<void> {
  const there = sei.emails().filter((email) => email.startsWith("conformance-"));
  const said = wrote?.left.join(" ") ?? "";
  expect(there.filter((email) => !said.includes(email))).toEqual([]);
  if (said === "") expect(await bytesOf(sei)).toEqual(before);
}

test.each(upTo(75, 5))("interrupted at write %i, it leaves nothing", async (stopAfter) => {
  const sei = await smallAccount();
  const before = await bytesOf(sei);
  const conformance = await conform(sei, { stopAfter });
  expect(conformance.wrote?.left).toEqual([]);
  await expectNothingLeft(sei, before, conformance);
});

test.each(upTo(75, 5).map((after, at) => [after, FAULTS[at % FAULTS.length] ?? FAULTS[0]] as const))(
  "write %i fails: it leaves nothing",
  async (after, fault) => {
    const sei = await smallAccount();
    const before = await bytesOf(sei);
    // The first of all writes is the first PATCH.
    const match = { method: after % 3 === 0 ? "DELETE" : after % 3 === 1 ? "PATCH" : "PUT" };
    sei.faults.add({ ...(fault ?? { kind: "reset" }), match, after: Math.floor(after / 3), times: 1 } as Fault);
    const conformance = await conform(sei);
    expect(conformance.wrote?.left).toEqual([]);
    await expectNothingLeft(sei, before, conformance);
  },
);

test("deletes that are refused for ever: who is left is said, by address", async () => {
  const sei = await smallAccount();
  sei.faults.add({ kind: "status", status: 403, match: { method: "DELETE" } });
  const { wrote } = await conform(sei);
  const there = sei.emails().filter((email) => email.startsWith("conformance-"));
  expect(there.length).toBeGreaterThan(5);
  expect(wrote?.left[0]).toContain("a delete was refused with 403");
  for (const email of there) expect(wrote?.left[0]).toContain(email);
});

test("a server that fails from some request on: everybody who may be there is said", async () => {
  const sei = await smallAccount();
  sei.faults.add({ kind: "status", status: 500, after: 60 });
  const { wrote } = await conform(sei);
  const there = sei.emails().filter((email) => email.startsWith("conformance-"));
  expect(there.length).toBeGreaterThan(0);
  for (const email of there) expect(wrote?.left.join()).toContain(email);
});

test("a key that may not write: nothing is tested by writes, and nothing is left", async () => {
  const sei = await smallAccount({
    apiKeys: [{ key: "simulator" }, { key: "reader", scopes: ["developer_records:read"] }],
  });
  const { judged, wrote } = await conform(sei, { key: "reader" });
  expect(wrote?.left).toEqual([]);
  const verdicts = judged.filter(({ assumption: { id } }) => id.startsWith("upsert.")).map(({ verdict }) => verdict);
  expect(verdicts.every(({ kind }) => kind === "notTested" || kind === "differs")).toBe(true);
});

test("without --write only reads are sent, and none of them changes anything", async () => {
  const sei = await smallAccount();
  const { judged, wrote } = await conform(sei, { write: false });
  expect([...new Set(sei.requests().map(({ method }) => method))]).toEqual(["GET"]);
  expect(wrote).toBe(null);
  const kinds = new Set(judged.map(({ verdict }) => verdict.kind));
  expect(kinds).toEqual(new Set(["holds", "notTested"]));
});

test("somebody else who changes the account meanwhile is not set back", async () => {
  const sei = await smallAccount({ dialect: { staleApprove: "lastWriteWins" } });
  const timer = setInterval(() => {
    void sei.upsert([{ Email: "alan@example.com", Name: `Alan ${Math.random()}` }]);
  }, 5);
  try {
    const { wrote } = await conform(sei);
    expect(wrote?.left).toEqual([]);
  } finally {
    clearInterval(timer);
  }
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(sei.emails().sort()).toEqual(["ada@example.com", "alan@example.com", "grace@example.com"]);
});
