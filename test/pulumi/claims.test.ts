import { makeClaims } from "../../provider/pulumi/claims.js";

test("a person belongs to one roster; asking twice for the same roster is fine", () => {
  const claims = makeClaims();
  expect(claims.take("engineering", ["ada@example.com", "bob@example.com"])).toBeNull();
  expect(claims.take("engineering", ["ada@example.com"])).toBeNull();
  expect(claims.take("insights", ["eve@example.com"])).toBeNull();
  expect(claims.take("insights", ["eve@example.com", "ada@example.com"])).toBe(
    "1 developer(s) are declared by two rosters of this program, here and in another: ada@example.com (engineering). Declare each in one of them",
  );
});

test("many are counted", () => {
  const claims = makeClaims();
  const people = Array.from({ length: 8 }, (_, at) => `p${at}@example.com`);
  claims.take("a", people);
  expect(claims.take("b", people)).toMatch(/^8 developer\(s\).*p4@example\.com \(a\) and 3 more\./);
});

test.each([
  ["masked", "a***@example.com (engineering)"],
  ["none", "somebody (engineering)"],
] as const)("names people as far as they may be named: %s", (people, words) => {
  const claims = makeClaims(people);
  claims.take("engineering", ["ada@example.com"]);
  expect(claims.take("insights", ["ada@example.com"])).toContain(`: ${words}. Declare`);
});

describe("identities", () => {
  const ada = { email: "ada@example.com", integrationId: 101, identity: "ada" };
  const roster = { resource: 'DeveloperRoster "team"', placeOf: (email: string) => `roster/${email}.yaml:3:5` };
  const single = { resource: 'DeveloperIdentity "ada-github"', placeOf: () => "" };
  const nothing = { conflict: null, alsoIn: [] };

  test("that one resource declares are its own, also when it asks twice", () => {
    const claims = makeClaims();
    expect(claims.takeIdentities(single, [ada])).toEqual(nothing);
    expect(claims.takeIdentities(single, [{ ...ada, identity: "other" }])).toEqual(nothing);
    expect(claims.takeIdentities(roster, [{ ...ada, integrationId: 102 }])).toEqual(nothing);
  });

  test.each([
    [
      roster,
      single,
      'is one in DeveloperRoster "team" (roster/ada@example.com.yaml:3:5) and another in DeveloperIdentity "ada-github"',
    ],
    [
      single,
      roster,
      'is one in DeveloperIdentity "ada-github" and another in DeveloperRoster "team" (roster/ada@example.com.yaml:3:5)',
    ],
  ])("that two declare differently name both, whichever comes first", (first, second, words) => {
    const claims = makeClaims();
    claims.takeIdentities(first, [ada]);
    const { conflict } = claims.takeIdentities(second, [{ ...ada, identity: "secret-login" }]);
    expect(conflict).toBe(
      `two resources of this program declare an identity differently: the identity of ada@example.com in integration 101 ${words}. Keep it in one of them`,
    );
    expect(conflict).not.toContain("secret-login");
  });

  test("that two declare for two people name both", () => {
    const claims = makeClaims("masked");
    claims.takeIdentities({ ...roster, placeOf: () => "" }, [ada]);
    expect(claims.takeIdentities(single, [{ ...ada, email: "bob@example.com" }]).conflict).toContain(
      "one identity in integration 101 is a***@example.com's in DeveloperRoster \"team\" and b***@example.com's in DeveloperIdentity",
    );
  });

  test("that two declare alike are fine, and said", () => {
    const claims = makeClaims();
    claims.takeIdentities(roster, [ada, { ...ada, integrationId: 102 }]);
    expect(claims.takeIdentities(single, [ada])).toEqual({ conflict: null, alsoIn: ['DeveloperRoster "team"'] });
  });
});
