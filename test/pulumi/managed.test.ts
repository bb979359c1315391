import fc from "fast-check";
import {
  declaredFields,
  emailDigest,
  entriesOf,
  isAsDeclared,
  type Managed,
  managedAmong,
  nobodyManaged,
  type Remembered,
  recordDigest,
  remember,
} from "../../provider/pulumi/managed";
import { at, declare, dev, MAPPING, team } from "../support/people";

const whole = (login: string, values = {}): Remembered => {
  const developer = dev(login, values);
  return { developer, identities: [], fields: declaredFields(declare(developer)) };
};

const keep = (before: Managed, people: readonly Remembered[], live: readonly string[] | null = null) =>
  remember(before, { people, mapping: MAPPING, live, protect: [] });

test("remembers whom it was told, and nobody else", () => {
  const managed = keep(nobodyManaged(), [whole("ada"), whole("bob")]);
  expect(managedAmong(managed, [at("ada"), at("bob"), at("eve")])).toEqual(new Set([at("ada"), at("bob")]));
});

test("who is neither declared nor live is forgotten, on the proof of a whole read; without it nobody is", () => {
  const first = keep(nobodyManaged(), [whole("ada"), whole("bob")]);
  const second = keep(first, [whole("eve")], [at("ada"), at("eve")]);
  expect(managedAmong(second, [at("ada"), at("bob"), at("eve")])).toEqual(new Set([at("ada"), at("eve")]));
  expect(second.salt).toBe(first.salt);
  expect(managedAmong(keep(first, [whole("eve")], null), [at("bob")]).size).toBe(1);
});

test("who is not declared any more is managed still, and not compared", () => {
  const first = keep(nobodyManaged(), [whole("ada")]);
  const second = keep(first, [whole("eve")], [at("ada"), at("eve")]);
  const entry = entriesOf(second).get(emailDigest(second.salt, at("ada")));
  expect(entry?.fields).toBeNull();
});

test("a declared identity among several is as declared; none of them is not", () => {
  const ada = {
    ...whole("ada"),
    identities: [{ email: at("ada"), integrationId: 101, identity: "ada" }],
    fields: ["name", "#101"],
  };
  const managed = keep(nobodyManaged(), [ada]);
  const [entry] = entriesOf(managed).values();
  if (entry === undefined) throw new Error("no entry");
  const live = (...identities: string[]) =>
    isAsDeclared(
      managed.salt,
      entry,
      dev("ada"),
      identities.map((identity) => ({ email: at("ada"), integrationId: 101, identity })),
      MAPPING,
    );
  expect([live("ada"), live("other", "ada"), live("other"), live()]).toEqual([true, true, false, false]);
});

test("a record's digest sees declared fields only", () => {
  const { salt } = nobodyManaged();
  const digest = (values: object, fields: readonly string[]) =>
    recordDigest(salt, dev("ada", values), [], fields, MAPPING);
  expect(digest({ Role: "A" }, ["name"])).toBe(digest({ Role: "B" }, ["name"]));
  expect(digest({ Role: "A" }, ["name", ".role"])).not.toBe(digest({ Role: "B" }, ["name", ".role"]));
});

test("a record's digest sees declared identities", () => {
  const { salt } = nobodyManaged();
  const digest = (identity: string) =>
    recordDigest(salt, dev("ada"), [{ email: at("ada"), integrationId: 101, identity }], ["#101"], MAPPING);
  expect(digest("ada")).not.toBe(digest("eve"));
});

test("names nobody, and stays small: 24 characters a person", () => {
  const people = team(1000).map((developer) => ({ developer, identities: [], fields: ["name", "managerEmail"] }));
  const managed = keep(nobodyManaged(), people);
  const text = JSON.stringify(managed);
  expect(managed.digests).toHaveLength(24_000);
  expect(text).not.toContain("@");
  expect(text).not.toContain("p001");
});

test("more than 255 different sets of fields: still managed, no longer compared", () => {
  const people = Array.from({ length: 300 }, (_, index) => ({
    developer: dev(`p${index}`),
    identities: [],
    fields: [`#${index + 1}`],
  }));
  const managed = keep(nobodyManaged(), people);
  const entries = entriesOf(managed);
  expect(entries.size).toBe(300);
  expect([...entries.values()].filter(({ fields }) => fields === null)).toHaveLength(45);
  expect(
    managedAmong(
      managed,
      people.map(({ developer }) => developer.email),
    ).size,
  ).toBe(300);
});

test("property: what goes in comes out, whatever the order", () => {
  const salt = nobodyManaged();
  fc.assert(
    fc.property(fc.uniqueArray(fc.stringMatching(/^[a-z]{1,8}$/)), (logins) => {
      const one = keep(
        salt,
        logins.map((login) => whole(login)),
      );
      const two = keep(
        salt,
        [...logins].reverse().map((login) => whole(login)),
      );
      expect(two).toEqual(one);
      const entries = entriesOf(one);
      for (const login of logins) expect(entries.has(emailDigest(salt.salt, at(login)))).toBe(true);
    }),
  );
});
