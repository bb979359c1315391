import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { planJson } from "../../provider/report/plan-json";
import type { DesiredRoster } from "../../provider/roster/desired-roster";
import type { DesiredDeveloper, Developer, Identity } from "../../provider/roster/developer";
import type { LiveRoster } from "../../provider/roster/live-roster";
import { type Plan, type Policy, plan } from "../../provider/roster/plan";
import { strings } from "../../provider/roster/strings";
import { at, declare, desired, dev, live, MAPPING, policy, team } from "../support/people";

const SCHEMA = join(__dirname, "..", "..", "schema", "plan.schema.json");
const isPlan = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true }).compile(
  JSON.parse(readFileSync(SCHEMA, "utf8")),
);

function problemsOf(text: string): unknown {
  return isPlan(JSON.parse(text)) ? null : [isPlan.errors, text];
}

const everything = plan(
  desired(
    [
      { ...declare(dev("ada", { Role: "CTO", manager: "grace" }), { 101: "ada" }), effective: { from: "2026-12-01" } },
      declare(dev("bob", { Role: "CTO", manager: "ada" })),
      { ...declare(dev("cleo", { Team: "New" })), previousEmails: [at("cleo.old")] },
      declare(dev("grace")),
    ],
    { fields: { ...MAPPING, attributes: [...MAPPING.attributes, "Site"] }, guards: { maxDelete: 0 } },
  ),
  live([dev("bob"), dev("cleo.old"), dev("grace"), dev("zoe", { name: "ADA" }), dev("kept", { Role: "x" })], {
    identities: [
      { email: at("zoe"), integrationId: 101, identity: "ada" },
      { email: at("cleo.old"), integrationId: 7, identity: "cleo" },
    ],
  }),
  policy({ prune: "managed", managed: new Set([at("zoe")]), guards: { maxDelete: 0 } }),
);

test("every kind of change in the documented form, with the guards' verdicts", () => {
  const json = JSON.parse(planJson(everything, "names"));
  expect(Object.keys(json)).toEqual([
    ...["version", "checksum", "target", "strategy", "why", "requests", "summary", "changes", "kept", "warnings"],
    "guards",
  ]);
  expect(json).toMatchObject({
    version: 1,
    checksum: everything.checksum,
    target: { endpoint: "http://127.0.0.1:1/sei/api", account: "" },
    strategy: everything.way.kind,
    requests: everything.way.requests,
    summary: { create: 1, update: 1, delete: 1, rename: 1, setIdentity: 2, unsetIdentity: 0, mapField: 1 },
    kept: [{ email: at("kept"), name: "KEPT", because: "notOurs" }],
    warnings: [{ kind: "looksLikeRename", joins: at("ada"), leaves: at("zoe") }],
  });
  expect(new Set(json.changes.map(({ kind }: { kind: string }) => kind))).toEqual(
    new Set(["mapField", "create", "rename", "update", "delete", "setIdentity"]),
  );
  const update = json.changes.find(({ kind }: { kind: string }) => kind === "update");
  expect(update).toEqual({
    kind: "update",
    email: at("bob"),
    name: "BOB",
    before: { name: "BOB", managerEmail: "", attributes: { Role: "", Team: "" } },
    after: { name: "BOB", managerEmail: at("ada"), attributes: { Role: "CTO", Site: "", Team: "" } },
    fields: [
      { field: "Manager Email", before: "", after: at("ada") },
      { field: "Role", before: "", after: "CTO" },
    ],
  });
  const refused = json.guards.find(({ name }: { name: string }) => name === "maxDelete");
  expect(refused).toMatchObject({ limit: "0 of 4 (0)", actual: 1, verdict: "refused", people: [at("zoe")] });
  expect([problemsOf(planJson(everything, "names")), problemsOf(planJson(everything, "masked"))]).toEqual([null, null]);
});

test("the schema refuses what is no plan", () => {
  const whole = JSON.parse(planJson(everything, "names"));
  const slips: [string, unknown][] = [
    ["another version", { ...whole, version: 2 }],
    ["a short checksum", { ...whole, checksum: whole.checksum.slice(0, 16) }],
    ["no summary", { ...whole, summary: undefined }],
    ["a key of nobody's", { ...whole, plan: {} }],
    ["a kind that is none", { ...whole, changes: [{ kind: "drop", email: "a@example.com" }] }],
    ["an update of nothing", { ...whole, changes: [{ kind: "update", email: "a@example.com" }] }],
    ["a verdict that is none", { ...whole, guards: [{ ...whole.guards[0], verdict: "maybe" }] }],
  ];
  for (const [what, json] of slips) expect([what, isPlan(JSON.parse(JSON.stringify(json)))]).toEqual([what, false]);
});

test("masked: no address, no name, no login and no value of anybody", () => {
  const text = planJson(everything, "masked");
  expect(text).toContain('"a***@example.com"');
  expect(text).not.toMatch(/\bada\b|bob|cleo|grace|zoe|kept@|CTO|New/i);
  const forty = team(40);
  const refused = plan(desired(forty.slice(0, 25).map((one) => declare(one))), live(forty), policy());
  expect(planJson(refused, "masked")).not.toMatch(/p0\d\d/);
});

/** A world: who is live, who is declared, and under which policy; everything in some order. */
interface World {
  readonly desired: DesiredRoster;
  readonly live: LiveRoster;
  readonly policy: Policy;
}

const logins = Array.from({ length: 8 }, (_, index) => `p${index}`);
const value = fc.constantFrom("", "x", "Y z", "__proto__", '"', "\u2028", "é");
const person = fc.record({ login: fc.constantFrom(...logins), manager: fc.constantFrom("", ...logins), value });
const people = fc.uniqueArray(person, { selector: ({ login }) => login });
const columns = fc.constantFrom(["Role", "Team"], ["Team", "Role", "__proto__"]);
const identities = fc.uniqueArray(
  fc.record({ login: fc.constantFrom(...logins), integrationId: fc.constantFrom(1, 2), identity: value }),
  { selector: ({ login, integrationId }) => `${login} ${integrationId}` },
);

const world: fc.Arbitrary<World> = fc
  .record({
    live: people,
    desired: people,
    columns,
    liveIdentities: identities,
    wanted: identities,
    renamed: fc.boolean(),
    isSetUp: fc.boolean(),
    proven: fc.boolean(),
    prune: fc.constantFrom("none" as const, "managed" as const, "all" as const),
    strategy: fc.constantFrom("auto" as const, "upsert" as const, "reupload" as const),
    allow: fc.array(
      fc.record({
        people: fc.record({ delete: fc.array(fc.constantFrom(...logins.map(at))) }),
        reason: fc.constantFrom("HR-1", "HR-2"),
        until: fc.constant("2026-12-31" as const),
      }),
      { maxLength: 3 },
    ),
    maxDelete: fc.constantFrom(0, 1, "50%" as const, undefined),
    scope: fc.option(fc.constantFrom(new Map([["Team", ["x"]]]), new Map([["Nowhere", ["x"]]]))),
  })
  .map((made) => {
    const recordOf = ({ login, manager, value }: { login: string; manager: string; value: string }): Developer => ({
      email: at(login),
      name: value === "" ? "" : login,
      managerEmail: manager === "" ? "" : at(manager),
      attributes: strings(made.columns.map((column) => [column, value])),
    });
    const identitiesOf = (login: string) =>
      new Map(
        made.wanted
          .filter((one) => one.login === login && one.identity !== "")
          .map(({ integrationId, identity }) => [integrationId, identity]),
      );
    const declared = made.desired.map(
      (one): DesiredDeveloper => ({
        ...recordOf(one),
        identities: identitiesOf(one.login),
        ...(made.renamed && one.login === "p0" ? { previousEmails: [at("p1")] } : {}),
        ...(one.login === "p2" ? { effective: { from: "2026-01-01" } } : {}),
      }),
    );
    const developers = made.isSetUp ? made.live.map(recordOf) : [];
    return {
      desired: desired(declared, { scope: made.scope ?? null, allow: made.allow }),
      live: live(developers, {
        mapping: made.isSetUp ? { ...MAPPING, attributes: made.columns } : null,
        identities: made.liveIdentities
          .filter(({ identity }) => identity !== "")
          .map(({ login, ...rest }): Identity => ({ email: at(login), ...rest })),
        completeness: made.proven
          ? { proven: true, count: developers.length }
          : { proven: false, reason: "a page was short" },
      }),
      policy: policy({
        prune: made.prune,
        strategy: made.strategy,
        managed: new Set(logins.slice(0, 4).map(at)),
        guards: made.maxDelete === undefined ? {} : { maxDelete: made.maxDelete },
      }),
    };
  });

const reversed = <K, V>(map: ReadonlyMap<K, V>) => new Map([...map].reverse());

function inAnotherOrder({ desired, live, policy }: World): Plan {
  return plan(
    { ...desired, developers: reversed(desired.developers), allow: [...desired.allow].reverse() },
    {
      ...live,
      developers: reversed(live.developers),
      identities: [...(live.identities ?? [])].reverse(),
    },
    { ...policy, managed: new Set([...policy.managed].reverse()) },
  );
}

test("any plan has the form of the schema, and the same bytes whatever the order of its inputs", () => {
  const kinds = new Set<string>();
  fc.assert(
    fc.property(world, (one) => {
      const made = plan(one.desired, one.live, one.policy);
      for (const { kind } of made.changes) kinds.add(kind);
      for (const people of ["names", "masked"] as const) {
        const text = planJson(made, people);
        expect(problemsOf(text)).toBeNull();
        expect(planJson(inAnotherOrder(one), people)).toBe(text);
      }
    }),
    { numRuns: 1_000 },
  );
  // Worlds in which nothing happens would prove nothing.
  expect([...kinds].sort()).toEqual(["create", "delete", "mapField", "rename", "setIdentity", "update"]);
});
