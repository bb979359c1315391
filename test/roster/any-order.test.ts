import type { DesiredDeveloper } from "../../provider/roster/developer.js";
import { plan } from "../../provider/roster/plan.js";
import { strings } from "../../provider/roster/strings.js";
import { at, declare, desired, dev, live, policy } from "../support/people.js";

/** Some orders of a list: as it is, backwards, and from its middle. */
function orders<Item>(items: readonly Item[]): readonly (readonly Item[])[] {
  const middle = Math.ceil(items.length / 2);
  return [items, [...items].reverse(), [...items.slice(middle), ...items.slice(0, middle)]];
}

const bare = (login: string, ...former: string[]): DesiredDeveloper => ({
  email: at(login),
  attributes: strings([]),
  identities: new Map(),
  previousEmails: former.map(at),
});
const holds = (login: string, integrationId: number, identity: string) => ({
  email: at(login),
  integrationId,
  identity,
});

test("a plan has the same bytes in whatever order everything that it is made of comes", () => {
  const people = [
    dev("boss"),
    ...["k3", "k1", "k2"].map((one) => dev(one, { manager: "boss" })),
    ...["d2", "d1", "d3", "d4", "d5"].map((one) => dev(one, { manager: "m1" })),
    ...["m1", "m2", "o1", "o2", "o3"].map((one) => dev(one, { manager: "boss" })),
    dev("loop1", { manager: "loop2" }),
    dev("loop2", { manager: "loop1" }),
  ];
  const declared = [
    bare("boss"),
    bare("new1", "m1"),
    bare("new2", "m2"),
    bare("several", "o1", "o2"),
    bare("proven", "o3"),
    declare(dev("loop1", { manager: "loop2", Role: "x" })),
    declare(dev("loop2", { manager: "loop1", Role: "x" })),
    declare(dev("c2", { manager: "c1" }), { 2: "b", 1: "a", 10: "c" }),
    declare(dev("c1", { manager: "c2" }), { 1: "shared", 2: "kept" }),
    { ...bare("zoe"), attributes: strings([["Squad", ""]]) },
  ];
  const identities = [
    ...[2, 1, 3].map((id) => holds("m1", id, `m${id}`)),
    holds("m1", 1, "another"),
    holds("m2", 1, "shared"),
    holds("k1", 1, "shared"),
    holds("gone", 2, "kept"),
    holds("away", 2, "kept"),
  ];
  const journal = [
    { email: at("o3"), previousEmail: at("d4"), identities: [] },
    { email: at("o3"), previousEmail: at("d3"), identities: [] },
    { email: at("o3"), previousEmail: at("d5"), identities: [] },
  ];
  const managed = new Set(["d1", "d2", "d3", "d4"].map(at));
  const protect = ["d2", "d1"].map(at);
  const made = new Set<string>();
  for (const developers of orders(declared)) {
    for (const before of orders(people)) {
      for (const held of orders(identities)) {
        for (const entries of orders(journal)) {
          const one = plan(
            desired(developers),
            live(before, { identities: held }),
            policy({
              prune: "managed",
              managed,
              journal: entries,
              guards: { maxDelete: 0, minDevelopers: 100, maxUpdate: 0, protect },
            }),
          );
          made.add(JSON.stringify(one));
        }
      }
    }
  }
  expect(made.size).toBe(1);
  const [first = ""] = made;
  const { changes, kept, guards } = JSON.parse(first);
  expect(new Set(changes.map(({ kind }: { kind: string }) => kind)).size).toBe(5);
  expect(kept.map(({ email }: { email: string }) => email)).toEqual(["k1", "k2", "k3"].map(at));
  expect(
    guards.flatMap(({ verdict, name }: { verdict: string; name: string }) => (verdict === "refused" ? [name] : [])),
  ).toEqual(["maxDelete", "maxUpdate", "minDevelopers", "protect", "rename", "consistency"]);
});
