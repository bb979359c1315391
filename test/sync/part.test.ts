import type { DialectName } from "../../provider/simulator/simulator.js";
import { connected, crowd, DIALECT_NAMES } from "./crowd.js";

// Three hundred people are set up for every case.
jest.setTimeout(60_000);

/** It compares addresses with regard to case, so nobody is known not to be there. */
const WHOLE: readonly DialectName[] = ["items"];

const LINE = ["p277@example.com", "p27@example.com", "p2@example.com", "p0@example.com"];

test.each(DIALECT_NAMES)("%s: a part of the account shows what the whole shows, in few requests", async (dialect) => {
  const account = await crowd({ dialect });
  const whole = await connected(account).reader.readRoster({ identities: true });
  account.resetRequests();
  const people = ["p277@example.com", "nobody@example.com"];
  const part = await connected(account).reader.readRoster({
    identities: true,
    only: {
      people,
      identitiesOf: people,
      claims: [
        { integrationId: 101, identity: "login5" },
        { integrationId: 101, identity: "free" },
      ],
    },
  });
  const kinds = account.requests().map(({ kind }) => kind);
  expect(part.part).toBe(WHOLE.includes(dialect) ? undefined : true);
  expect(part.mapping).toEqual(whole.mapping);
  expect(part.completeness.proven).toBe(true);
  expect(LINE.map((email) => part.developers.get(email))).toEqual(LINE.map((email) => whole.developers.get(email)));
  expect(part.developers.has("nobody@example.com")).toBe(false);
  const held = (part.identities ?? []).filter(({ email }) => ["p277@example.com", "p5@example.com"].includes(email));
  expect(held.map(({ email, identity }) => [email, identity]).sort()).toEqual([
    ["p277@example.com", "login277"],
    ["p5@example.com", "login5"],
  ]);
  if (part.part !== true) return;
  // They and three above them, the witness, and who is not there twice; the first page, and a second without a total.
  expect(kinds.filter((kind) => kind === "list").length).toBeLessThanOrEqual(10);
  expect(kinds).not.toContain("download");
});

test("a small account is read whole: that takes no more", async () => {
  const account = await crowd({}, 60);
  const only = { people: ["p7@example.com"], identitiesOf: [], claims: [] };
  const live = await connected(account).reader.readRoster({ identities: false, only });
  expect([live.part, live.developers.size]).toEqual([undefined, 60]);
});
