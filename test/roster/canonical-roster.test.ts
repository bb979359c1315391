import fc from "fast-check";
import { canonicalRoster, parseCanonicalRoster } from "../../provider/roster/canonical-roster.js";
import type { DesiredRoster } from "../../provider/roster/desired-roster.js";
import { strings } from "../../provider/roster/strings.js";

const text = fc.oneof(fc.string(), fc.constantFrom("", "__proto__", "constructor", "10", "9", "é", "\ud800"));
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
          },
          { requiredKeys: ["email", "attributes", "identities"] },
        ),
      )
      .map((developers) => new Map(developers.map((one) => [one.email, one]))),
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
  { requiredKeys: ["fields", "developers", "guards"] },
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
      expect(new Map(read.developers)).toEqual(new Map(one.developers));
      for (const developer of read.developers.values()) expect(Object.getPrototypeOf(developer.attributes)).toBeNull();
    }),
  );
});

// A loaded roster has its protected people sorted; these two do not hold for one that was put together otherwise.
test("the order of protected people does not matter either", () => {
  const guarded = (protect: readonly string[]): DesiredRoster => ({
    fields: null,
    developers: new Map(),
    guards: { protect },
  });
  expect(canonicalRoster(guarded(["b@x", "a@x"]))).toBe(canonicalRoster(guarded(["a@x", "b@x"])));
});

test("a text of another version is refused", () => {
  expect(() => parseCanonicalRoster('{"version":2,"fields":null,"prune":null,"guards":{},"developers":[]}')).toThrow();
});

test("golden", () => {
  const one: DesiredRoster = {
    fields: null,
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
    '{"developers":[{"attributes":[],"email":"a@x","identities":[]},{"attributes":[["Site",""],["Team","t"]],"email":"b@x","identities":[[9,"c"],[102,"b"]],"managerEmail":"a@x","name":"B"}],"fields":null,"guards":{"maxDelete":"10%","protect":["a@x","b@x"]},"prune":"all","version":1}',
  );
});
