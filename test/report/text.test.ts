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
  "  ~ ada@example.com  Role: "Engineer" -> "CTO"; integration 101: "ada", taken from kept@example.com",
  "  - bob.old@example.com  Bob leaves",
  "  kept, live but not declared here: 1: kept@example.com",
  "  look: bob.new@example.com joins and bob.old@example.com, of the same name or identity, leaves: a new address loses the identities and the history of the old one, unless it is declared under \`previousEmails\`",
  "  by upsert, 4 writing request(s): only what differs is sent",
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
  "  ~ a***@example.com  Role changes; integration 101: is set, taken from k***@example.com",
  "  - b***@example.com leaves",
  "  kept, live but not declared here: 1: k***@example.com",
  "  look: b***@example.com joins and b***@example.com, of the same name or identity, leaves: a new address loses the identities and the history of the old one, unless it is declared under \`previousEmails\`",
  "  by upsert, 4 writing request(s): only what differs is sent",
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
  "  look: 1 who join(s) have the name or an identity of one who leaves: a new address loses the identities and the history of the old one, unless it is declared under \`previousEmails\`",
  "  by upsert, 4 writing request(s): only what differs is sent",
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
  "  … and 13 more: 13 who leave (\`sei-roster plan --all\` shows everybody)",
  "  by upsert, 1 writing request(s): only what differs is sent",
  "  checksum 2bcf8b337bfdadb7",
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

test("a rename is one line, and its reports say that they follow", () => {
  const renamed = plan(
    desired([
      { ...declare(dev("ada", { name: "Ada", Role: "CTO" }), { 103: "ada" }), previousEmails: [at("ada.byron")] },
      { ...declare(dev("eve", { name: "Eve" })), previousEmails: [at("eve.old")] },
    ]),
    live(
      [
        dev("ada.byron", { name: "Ada" }),
        dev("bob", { manager: "ada.byron" }),
        dev("eve", { name: "Eve" }),
        dev("eve.old", { name: "Eve" }),
      ],
      {
        identities: [101, 102].map((integrationId) => ({ email: at("ada.byron"), integrationId, identity: "ada" })),
      },
    ),
    policy({ prune: "none" }),
  );
  const shown = (people: "names" | "masked") => planLines(renamed, { people }).slice(0, 4);
  expect(shown("names")).toEqual([
    "plan: 2 to rename, 1 to update, 3 identities to set",
    '  > ada@example.com  Ada, was ada.byron@example.com, with 2 identities; Role: "" -> "CTO"; integration 103: "ada"',
    "  > eve@example.com  Eve, was eve.old@example.com, and the old record goes",
    "  ~ bob@example.com  reports to ada@example.com (renamed)",
  ]);
  expect(shown("masked")).toEqual([
    "plan: 2 to rename, 1 to update, 3 identities to set",
    "  > a***@example.com, was a***@example.com, with 2 identities; Role changes; integration 103: is set",
    "  > e***@example.com, was e***@example.com, and the old record goes",
    "  ~ b***@example.com  reports to a***@example.com (renamed)",
  ]);
});
