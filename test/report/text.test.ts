import { planLines } from "../../provider/report/text";
import { plan } from "../../provider/roster/plan";
import { at, declare, desired, dev, live, policy, team } from "../support/people";

const made = plan(
  desired([declare(dev("ada", { Role: "CTO" }), { 101: "ada" }), declare(dev("bob.new", { name: "Bob" }))]),
  live([dev("ada", { Role: "Engineer" }), dev("bob.old", { name: "Bob" }), dev("kept")], {
    identities: [{ email: at("kept"), integrationId: 101, identity: "ada" }],
  }),
  policy({ prune: "managed", managed: new Set([at("bob.old")]) }),
);

test("names", () => {
  expect(planLines(made, { people: "names" })).toMatchInlineSnapshot(`
[
  "plan: 1 to create, 1 to update, 1 to delete, 1 identity to set",
  "  + bob.new@example.com  Bob joins",
  "  ~ ada@example.com  Role: "Engineer" -> "CTO"",
  "  - bob.old@example.com  Bob leaves",
  "  @ ada@example.com  integration 101: none -> "ada", taken from kept@example.com",
  "  kept, live but not declared here: 1: kept@example.com",
  "  look: bob.new@example.com joins and bob.old@example.com, of the same name, leaves: a new address loses the identities and the history of the old one",
  "  by upsert, 3 writing request(s): only what differs is sent",
  "  checksum f4cd035252c572a6",
]
`);
});

test("masked: no name, no login, no value", () => {
  const lines = planLines(made, { people: "masked" });
  expect(lines).toMatchInlineSnapshot(`
[
  "plan: 1 to create, 1 to update, 1 to delete, 1 identity to set",
  "  + b***@example.com joins",
  "  ~ a***@example.com  Role changes",
  "  - b***@example.com leaves",
  "  @ a***@example.com  integration 101: is set, taken from k***@example.com",
  "  kept, live but not declared here: 1: k***@example.com",
  "  look: b***@example.com joins and b***@example.com, of the same name, leaves: a new address loses the identities and the history of the old one",
  "  by upsert, 3 writing request(s): only what differs is sent",
  "  checksum f4cd035252c572a6",
]
`);
  expect(lines.join("\n")).not.toMatch(/ada@|bob|Engineer|CTO|"ada"/i);
});

test("none: counts", () => {
  expect(planLines(made, { people: "none" })).toMatchInlineSnapshot(`
[
  "plan: 1 to create, 1 to update, 1 to delete, 1 identity to set",
  "  kept, live but not declared here: 1",
  "  look: 1 who join(s) have the name of one who leaves: a new address loses the identities and the history of the old one",
  "  by upsert, 3 writing request(s): only what differs is sent",
  "  checksum f4cd035252c572a6",
]
`);
});

test("a refusal names the first, the limit and the way out", () => {
  const forty = team(40);
  const refused = plan(desired(forty.slice(0, 25).map((one) => declare(one))), live(forty), policy());
  expect(planLines(refused, { people: "names", mostChanges: 2 })).toMatchInlineSnapshot(`
[
  "plan: 15 to delete",
  "  - p025@example.com  P025 leaves",
  "  - p026@example.com  P026 leaves",
  "  … and 13 more",
  "  by upsert, 1 writing request(s): only what differs is sent",
  "  checksum 2bcf8b337bfdadb7",
  "refused by maxDelete: 15 developers would be deleted; guards.maxDelete allows 4 of 40 (default: the larger of 3 and 10%)",
  "  p025@example.com, p026@example.com, p027@example.com, p028@example.com, p029@example.com, p030@example.com, p031@example.com, p032@example.com, p033@example.com, p034@example.com and 5 more",
  "  if this is meant, raise guards.maxDelete to at least 15 in the roster, in the change that is reviewed",
]
`);
});

test("a name cannot forge a line", () => {
  const evil = plan(
    desired([declare(dev("ada", { name: "Ada\n- eve@example.com leaves\u2028x" }))]),
    live([]),
    policy(),
  );
  for (const line of planLines(evil, { people: "names" })) expect(line).not.toMatch(/[\n\u2028]/);
});
