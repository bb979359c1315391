/**
 * Programs that must compile, and slips that must not: `npm run types` checks this file, and a `@ts-expect-error` over
 * a line without an error is an error.
 */
import * as pulumi from "@pulumi/pulumi";
import * as sei from "../../provider/index";

declare const oncall: pulumi.Output<string>;
declare const lead: Promise<{ email: string }>;

/** Everything that a roster in code can say. */
export const whole = () =>
  new sei.DeveloperRoster("whole", {
    fields: { name: "Name", email: "Email", managerEmail: "Manager Email", attributes: ["Role", "Team"] },
    integrations: { github: 101 },
    defaults: { Team: "Engines" },
    scope: { Team: ["Engines"], Role: "Engineer" },
    manageFields: ["Role", "manager"],
    ignoreFields: ["Salary"],
    allow: [
      { delete: ["bob@example.com"], reason: "HR-123", until: "2026-12-31" },
      { plan: "9f2c4e1ab0d35c77", reason: "HR-130", until: "2026-12-31" },
    ],
    developers: [
      { email: "grace@example.com", name: "Grace Hopper", manager: null },
      {
        email: "ada@example.com",
        name: "Ada Lovelace",
        manager: "grace@example.com",
        attributes: { Role: "Engineer", Level: 3, Site: null },
        identities: { github: "ada", 102: 7 },
        effective: { from: "2026-12-01", until: "2027-06-30" },
        previousEmails: ["ada.byron@example.com"],
      },
    ],
    prune: "managed",
    guards: { maxDelete: "10%", minDevelopers: 5, protect: ["cto@example.com"] },
    strategy: "upsert",
    asOf: "2026-12-01",
    forceDestroy: true,
  });

/** Outputs and promises, in any place. */
export const outputs = () => [
  new sei.DeveloperRoster("email", { developers: [{ email: oncall, name: "On call" }] }),
  new sei.DeveloperRoster("manager", { developers: { "ada@example.com": { name: "Ada", manager: oncall } } }),
  new sei.DeveloperRoster("identity", { developers: { "ada@example.com": { identities: { 101: oncall } } } }),
  new sei.DeveloperRoster("attribute", { developers: { "ada@example.com": { attributes: { Team: oncall } } } }),
  new sei.DeveloperRoster("one", { developers: [pulumi.output(lead), lead] }),
  new sei.DeveloperRoster("all", { developers: pulumi.all([lead]) }),
  new sei.DeveloperRoster("until", {
    developers: { "ada@example.com": { effective: { until: oncall } } },
    allow: [{ delete: [oncall], reason: oncall, until: oncall }],
  }),
  new sei.DeveloperRoster("guards", {
    developers: {},
    guards: {
      maxDelete: pulumi.output("10%"),
      maxBlank: pulumi.output("10%" as const),
      maxUpdate: pulumi.output(5),
      minDevelopers: Promise.resolve(5),
      protect: [pulumi.output("cto@example.com"), "ada@example.com", oncall],
    },
  }),
  new sei.DeveloperRoster("people", { developers: {}, guards: { protect: pulumi.output(["cto@example.com"]) } }),
  new sei.DeveloperRoster("all guards", { developers: {}, guards: pulumi.output({ protect: ["cto@example.com"] }) }),
  new sei.DeveloperRoster("source", { source: [pulumi.output("roster/"), "more.csv"] }),
  new sei.DeveloperRoster("the rest", {
    developers: {},
    fields: { name: oncall, email: "Email", managerEmail: oncall, attributes: [oncall] },
    integrations: { github: pulumi.output(101) },
    defaults: { Team: oncall },
    scope: { Team: [oncall], Site: oncall },
    manageFields: [oncall],
    ignoreFields: pulumi.output(["Salary"]),
    prune: pulumi.output("all" as const),
    asOf: oncall,
  }),
];

const ada = "ada@example.com";

export const slips = () => [
  // @ts-expect-error: a slip in a key of a developer
  new sei.DeveloperRoster("slip", { developers: { [ada]: { mangaer: "grace@example.com" } } }),
  // @ts-expect-error: the same in a list
  new sei.DeveloperRoster("slip", { developers: [{ email: ada, nmae: "Ada" }] }),
  // @ts-expect-error: a developer in a list needs an email
  new sei.DeveloperRoster("slip", { developers: [{ name: "Ada" }] }),
  // @ts-expect-error: a column stands under `attributes` in code
  new sei.DeveloperRoster("slip", { developers: { [ada]: { Role: "Engineer" } } }),
  // @ts-expect-error: a name cannot be cleared
  new sei.DeveloperRoster("slip", { developers: { [ada]: { name: null } } }),
  // @ts-expect-error: an identity cannot be cleared
  new sei.DeveloperRoster("slip", { developers: { [ada]: { identities: { 101: null } } } }),
  // @ts-expect-error: a slip in the dates
  new sei.DeveloperRoster("slip", { developers: { [ada]: { effective: { form: "2026-12-01" } } } }),
  // @ts-expect-error: a day is text
  new sei.DeveloperRoster("slip", { developers: { [ada]: { effective: { from: new Date() } } } }),
  // @ts-expect-error: former addresses are a list
  new sei.DeveloperRoster("slip", { developers: { [ada]: { previousEmails: "ada.byron@example.com" } } }),
  // @ts-expect-error: no such word
  new sei.DeveloperRoster("slip", { developers: [], prune: "everybody" }),
  // @ts-expect-error: a share is written with its sign
  new sei.DeveloperRoster("slip", { developers: [], guards: { maxDelete: "10 percent" } }),
  // @ts-expect-error: an output of the wrong type, in a guard
  new sei.DeveloperRoster("slip", { developers: [], guards: { protect: [pulumi.output(7)] } }),
  // @ts-expect-error: a minimum is a number
  new sei.DeveloperRoster("slip", { developers: [], guards: { minDevelopers: pulumi.output("5") } }),
  // @ts-expect-error: a slip in a guard
  new sei.DeveloperRoster("slip", { developers: [], guards: { maxDeletes: 3 } }),
  // @ts-expect-error: an exception says why
  new sei.DeveloperRoster("slip", { developers: [], allow: [{ delete: [ada], until: "2026-12-31" }] }),
  // @ts-expect-error: no such loss
  new sei.DeveloperRoster("slip", { developers: [], allow: [{ remove: [ada], reason: "x", until: "2026-12-31" }] }),
  // @ts-expect-error: an integration's number
  new sei.DeveloperRoster("slip", { developers: [], integrations: { github: "101" } }),
  // @ts-expect-error: no such argument
  new sei.DeveloperRoster("slip", { sources: "roster/" }),
  // @ts-expect-error: an output of the wrong type
  new sei.DeveloperRoster("slip", { developers: { [ada]: { manager: pulumi.output(7) } } }),
];
