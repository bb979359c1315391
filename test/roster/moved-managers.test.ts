import { plan, refusals } from "../../provider/roster/plan.js";
import { strings } from "../../provider/roster/strings.js";
import { at, desired, dev, live, MAPPING, policy } from "../support/people.js";

/** The column Lead, which is an attribute, becomes the MANAGER_EMAIL; what was it stays as Boss. */
const fields = {
  ...MAPPING,
  managerEmail: "Lead",
  attributes: ["Boss"],
  renameColumns: strings([["Manager Email", "Boss"]]),
};
const person = (login: string, manager: string, Lead: string) => ({
  ...dev(login, { manager }),
  attributes: strings([["Lead", Lead]]),
});
const people = [
  person("ada", "", ""),
  person("bob", "ada", at("cy")),
  person("cy", "", "ADA@example.com"),
  person("dee", "ada", at("ada")),
];
const planned = (guards = {}) =>
  plan(
    desired([], { fields }),
    live(people, { mapping: { ...MAPPING, attributes: ["Lead"] } }),
    policy({ prune: "none", guards: { maxUpdate: 10, ...guards } }),
  );

test("who has another manager there, or a first one, is updated; nobody else is", () => {
  const made = planned();
  expect(refusals(made)).toEqual([]);
  expect(made.changes.flatMap((change) => (change.kind === "update" ? [[change.email, change.fields]] : []))).toEqual([
    [at("bob"), [{ field: "Lead", before: at("ada"), after: at("cy") }]],
    [at("cy"), [{ field: "Lead", before: "", after: at("ada") }]],
  ]);
});

test("the guards count them as managers that change, and as updates", () => {
  expect(refusals(planned({ maxManagerChange: 0 })).map(({ name, people: who }) => [name, who])).toEqual([
    ["maxManagerChange", [at("bob")]],
  ]);
  expect(refusals(planned({ maxUpdate: 1 })).map(({ name, people: who }) => [name, who])).toEqual([
    ["maxUpdate", [at("bob"), at("cy")]],
  ]);
});
