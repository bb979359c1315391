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
