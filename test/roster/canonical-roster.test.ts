import fc from "fast-check";
import { canonicalRoster, parseCanonicalRoster } from "../../provider/roster/canonical-roster.js";
import { type DesiredRoster, EMPTY_ROSTER } from "../../provider/roster/desired-roster.js";
import { byText, strings } from "../../provider/roster/strings.js";

const text = fc.oneof(fc.string(), fc.constantFrom("", "__proto__", "constructor", "10", "9", "é", "\ud800"));
const day = fc.constantFrom("2026-01-01" as const, "2026-12-31" as const);
const limit = fc.constantFrom(0, 3, "10%" as const, "0.5%" as const);

const roster: fc.Arbitrary<DesiredRoster> = fc.record(
  {
    fields: fc.option(fc.record({ name: text, email: text, managerEmail: text, attributes: fc.array(text) })),
    developers: fc
      .array(
        fc.record(
          {
            email: text,
            name: text,
            managerEmail: text,
            attributes: fc.array(fc.tuple(text, text)).map(strings),
            identities: fc.array(fc.tuple(fc.nat(), text)).map((pairs) => new Map(pairs)),
            effective: fc.record({ from: day, until: day }, { requiredKeys: [] }),
            previousEmails: fc.uniqueArray(text).map((people) => people.sort()),
          },
          { requiredKeys: ["email", "attributes", "identities"] },
        ),
      )
      .map((developers) => new Map(developers.map((one) => [one.email, one]))),
    absent: fc
      .array(fc.tuple(text, fc.record({ kind: fc.constantFrom("joinsLater" as const, "hasLeft" as const), on: day })))
      .map((entries) => new Map(entries)),
    allow: fc
      .uniqueArray(fc.record({ people: fc.constant({ delete: ["a@x"] }), reason: text, until: day }), {
        selector: ({ reason }) => reason,
      })
      .map((all) => all.sort((a, b) => byText(JSON.stringify(a), JSON.stringify(b)))),
    scope: fc.option(fc.array(fc.tuple(text, fc.array(text))).map((entries) => new Map(entries))),
    fieldLimits: fc.record({ manage: fc.option(fc.array(text)), ignore: fc.array(text) }),
    prune: fc.constantFrom("none", "managed", "all"),
    guards: fc.record(
      {
        maxDelete: limit,
        maxUpdate: limit,
        maxBlank: limit,
        maxManagerChange: limit,
        maxIdentityMove: limit,
        minDevelopers: fc.nat(),
        protect: fc.uniqueArray(text).map((people) => people.sort()),
      },
      { requiredKeys: [] },
    ),
  },
  { requiredKeys: ["fields", "developers", "guards", "absent", "allow", "scope", "fieldLimits"] },
);

/** The same roster, put together in another order. */
function shuffled(one: DesiredRoster): DesiredRoster {
  const reversed = <Value>(values: Iterable<Value>) => [...values].reverse();
  return {
    guards: Object.fromEntries(reversed(Object.entries(one.guards))),
    ...(one.prune === undefined ? {} : { prune: one.prune }),
    developers: new Map(
      reversed(one.developers).map(([email, { attributes, identities, ...rest }]) => [
        email,
        {
          identities: new Map(reversed(identities)),
          attributes: strings(reversed(Object.entries(attributes))),
          ...rest,
        },
      ]),
    ),
    fields: one.fields,
    absent: new Map(reversed(one.absent)),
    allow: reversed(one.allow),
    scope: one.scope === null ? null : new Map(reversed(one.scope)),
    fieldLimits: one.fieldLimits,
  };
}

test("the bytes do not depend on the order of the input", () => {
  fc.assert(fc.property(roster, (one) => expect(canonicalRoster(shuffled(one))).toBe(canonicalRoster(one))));
});

test("a round trip keeps the meaning and the bytes", () => {
  fc.assert(
    fc.property(roster, (one) => {
      const written = canonicalRoster(one);
      const read = parseCanonicalRoster(written);
      expect(canonicalRoster(read)).toBe(written);
      expect(read.fields).toEqual(one.fields);
      expect(read.prune).toBe(one.prune);
      expect(read).toMatchObject({
        absent: one.absent,
        allow: one.allow,
        scope: one.scope,
        fieldLimits: one.fieldLimits,
      });
      expect(new Map(read.developers)).toEqual(new Map(one.developers));
      for (const developer of read.developers.values()) expect(Object.getPrototypeOf(developer.attributes)).toBeNull();
    }),
  );
});

// A loaded roster has its protected people sorted; these two do not hold for one that was put together otherwise.
test("the order of protected people does not matter either", () => {
  const guarded = (protect: readonly string[]): DesiredRoster => ({
    ...EMPTY_ROSTER,
    guards: { protect },
  });
  expect(canonicalRoster(guarded(["b@x", "a@x"]))).toBe(canonicalRoster(guarded(["a@x", "b@x"])));
});

test("a text of another version is refused", () => {
  expect(() => parseCanonicalRoster('{"version":1,"fields":null,"prune":null,"guards":{},"developers":[]}')).toThrow();
});

test("golden", () => {
  const one: DesiredRoster = {
    ...EMPTY_ROSTER,
    scope: new Map([["Team", ["t"]]]),
    developers: new Map([
      [
        "b@x",
        {
          email: "b@x",
          name: "B",
          managerEmail: "a@x",
          attributes: strings([
            ["Team", "t"],
            ["Site", ""],
          ]),
          identities: new Map([
            [102, "b"],
            [9, "c"],
          ]),
        },
      ],
      ["a@x", { email: "a@x", attributes: strings([]), identities: new Map() }],
    ]),
    prune: "all",
    guards: { protect: ["a@x", "b@x"], maxDelete: "10%" },
  };
  expect(canonicalRoster(one)).toBe(
    '{"absent":[],"allow":[],"developers":[{"attributes":[],"email":"a@x","identities":[]},{"attributes":[["Site",""],["Team","t"]],"email":"b@x","identities":[[9,"c"],[102,"b"]],"managerEmail":"a@x","name":"B"}],"fieldLimits":{"ignore":[],"manage":null},"fields":null,"guards":{"maxDelete":"10%","protect":["a@x","b@x"]},"prune":"all","scope":[["Team",["t"]]],"version":2}',
  );
});
