import fc from "fast-check";
import {
  declaredFields,
  emailDigest,
  entriesOf,
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

test("remembers whom it was told, and nobody else", () => {
  const managed = remember(nobodyManaged(), [whole("ada"), whole("bob")], MAPPING, []);
  expect(managedAmong(managed, [at("ada"), at("bob"), at("eve")])).toEqual(new Set([at("ada"), at("bob")]));
});

test("only who is forgotten expressly leaves; everybody else stays", () => {
  const first = remember(nobodyManaged(), [whole("ada"), whole("bob")], MAPPING, []);
  const second = remember(first, [whole("eve")], MAPPING, [at("bob")]);
  expect(managedAmong(second, [at("ada"), at("bob"), at("eve")])).toEqual(new Set([at("ada"), at("eve")]));
  expect(second.salt).toBe(first.salt);
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
  const managed = remember(nobodyManaged(), people, MAPPING, []);
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
  const managed = remember(nobodyManaged(), people, MAPPING, []);
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
      const one = remember(
        salt,
        logins.map((login) => whole(login)),
        MAPPING,
        [],
      );
      const two = remember(
        salt,
        [...logins].reverse().map((login) => whole(login)),
        MAPPING,
        [],
      );
      expect(two).toEqual(one);
      const entries = entriesOf(one);
      for (const login of logins) expect(entries.has(emailDigest(salt.salt, at(login)))).toBe(true);
    }),
  );
});
