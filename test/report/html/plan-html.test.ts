import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { html, scriptJson } from "../../../provider/report/html/markup";
import { visibleText } from "../../../provider/report/html/visible-text";
import { plan } from "../../../provider/roster/plan";
import { strings } from "../../../provider/roster/strings";
import { at, declare, desired, dev, live, policy } from "../../support/people";
import { largePlan, mixedPlan, pageOf, refusedPlan } from "./plans";

/** Texts that try to get out of where they stand. */
const text = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.constantFrom(
    "</script><script>alert(1)</script>",
    "<!--<script>",
    "]]>",
    "\" onload='x'",
    "&lt;b&gt;",
    "\u2028\u2029\u0000\u202e\ud800",
    "</title></style>",
    "'; --><img src=x>",
  ),
);

function data(page: string, id: string): Record<string, unknown> {
  const found = new RegExp(`<script type="application/json" id="${id}">([^<]*)</script>`).exec(page);
  return JSON.parse(found?.[1] ?? "null");
}

/** The page without its script, style and data: what is read without a script. */
function staticPart(page: string): string {
  return page
    .replace(/(<style>)[^<]*/, "$1…")
    .replace(/(<script type="application\/json" id="[a-z-]*">)[^<]*/g, "$1…")
    .replace(/<script>[\s\S]*?<\/script>/, "<script>…</script>")
    .replace(/'sha256-[^']*'/g, "'sha256-…'");
}

describe("escaping", () => {
  test("JSON in a script parses back, and can't end it", () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), fc.array(text), (value, texts) => {
        const written = scriptJson([value, texts]);
        expect(JSON.parse(written)).toEqual(JSON.parse(JSON.stringify([value, texts])));
        expect(written).not.toMatch(/[<\u2028\u2029]/);
      }),
    );
  });

  test("a text in markup is no markup, in no place", () => {
    fc.assert(
      fc.property(text, (written) => {
        const made = html`<i title="${written}">${written}</i>`.text;
        expect(made.match(/[<>"]/g)?.join("")).toBe('<""><>');
        expect(made).not.toMatch(/[\0\u2028\u202e]/);
      }),
    );
  });

  test("what users write changes no tag of the page, and comes back from its data", () => {
    const page = (name: string, team: string, identity: string): string => {
      const before = live([dev("eve", { name: `was ${name}`, manager: "ada" }), dev("ada", { name: "Ada" })]);
      const developer = { ...dev("eve", { name: `is ${name}` }), attributes: strings([["Team", `is ${team}`]]) };
      const changed = desired([declare(developer, { 7: `is ${identity}` }), declare(dev("ada", { name: "Ada" }))]);
      return pageOf({ made: plan(changed, before, policy()), live: before }, "names", `is ${name}`);
    };
    const tags = (written: string): readonly string[] => staticPart(written).match(/<[^>]*>/g) ?? [];
    const usual = tags(page("x", "y", "z"));
    fc.assert(
      fc.property(text, text, text, (name, team, identity) => {
        const written = page(name, team, identity);
        expect(tags(written)).toEqual(usual);
        const table = data(written, "table-data") as { before: unknown[]; after: unknown[] };
        expect(table.before).toContain(visibleText(`was ${name}`));
        expect(table.after).toEqual(
          expect.arrayContaining([`is ${name}`, `is ${team}`, `is ${identity}`].map(visibleText)),
        );
        expect((data(written, "org-data") as { name: string[] }).name).toContain(visibleText(`is ${name}`));
      }),
      { numRuns: 50 },
    );
  });

  test("what can't be seen is written out; letters, accents and emoji stay", () => {
    expect(visibleText("a\u200bb\u202ec\u0000d\ne\ud800")).toBe("a[U+200B]b[U+202E]c[U+0000]d[U+000A]e[U+D800]");
    expect(visibleText("Zoë 陳 👩‍💻 می‌خواهم")).toBe("Zoë 陳 👩‍💻 می‌خواهم");
  });
});

describe("one file, and nothing else", () => {
  const page = pageOf(mixedPlan());

  test("its policy lets its own script and style run, and nothing else", () => {
    const policyOf = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1] ?? "";
    const script = /<script>([\s\S]*?)<\/script>/.exec(page)?.[1] ?? "";
    const style = /<style>([\s\S]*?)<\/style>/.exec(page)?.[1] ?? "";
    const hash = (of: string): string => `'sha256-${createHash("sha256").update(of).digest("base64")}'`;
    expect(policyOf.split("; ")).toEqual([
      "default-src 'none'",
      `script-src ${hash(script)}`,
      `style-src ${hash(style)}`,
      "base-uri 'none'",
      "form-action 'none'",
      "require-trusted-types-for 'script'",
      "trusted-types 'none'",
    ]);
    expect(script.length).toBeGreaterThan(1_000);
    expect(style.length).toBeGreaterThan(1_000);
  });

  test("no address, no handler, no inline style", () => {
    expect(page).not.toMatch(/https?:|\/\/[a-z]|@import|url\(/i);
    expect(page.match(/<[^>]*>/g)?.filter((tag) => /\s(on[a-z]+|style|src)=/i.test(tag))).toEqual([]);
  });

  test("the same plan gives the same bytes", () => {
    expect(pageOf(mixedPlan())).toBe(page);
  });

  test.each(["mixed", "refused", "masked"])("golden: %s", (name) => {
    const made = name === "mixed" ? page : name === "refused" ? pageOf(refusedPlan()) : pageOf(mixedPlan(), "masked");
    const file = join(__dirname, "golden", `${name}.txt`);
    if (process.env["GOLDEN"] === "write") writeFileSync(file, staticPart(made));
    expect(staticPart(made)).toBe(readFileSync(file, "utf8"));
  });
});

test("masked: nothing of anybody is anywhere in the file", () => {
  const { made, live: before } = mixedPlan({ maxDelete: 1, protect: [at("dev12")] });
  const page = pageOf({ made, live: before }, "masked").replace(/<script>[\s\S]*?<\/script>/, "");
  const people = [
    ...before.developers.values(),
    ...made.changes.flatMap((one) =>
      "after" in one && typeof one.after === "object" && one.after !== null ? [one.after] : [],
    ),
  ];
  expect(people.length).toBeGreaterThan(26);
  for (const { email, name, attributes } of people) {
    for (const secret of [email, name, ...Object.values(attributes)].filter((one) => one.length > 3)) {
      expect([secret, page.includes(secret)]).toEqual([secret, false]);
    }
  }
  expect(page).not.toMatch(/ada-gh|katherine|[a-z0-9.]{2,}@example/i);
  expect(page).toContain("d***@example.com");
});

test("masked, a row leads to somebody only when it can be only them", () => {
  const { node, kind } = data(pageOf(mixedPlan(), "masked"), "table-data") as { node: number[]; kind: number[] };
  const org = data(pageOf(mixedPlan(), "masked"), "org-data") as { state: string; email: string[] };
  expect(node.filter((one) => one >= 0).length).toBeGreaterThan(5);
  node.forEach((one, row) => {
    // Joins and leaves lead to who joins and leaves, though others have the same masked address.
    if (one >= 0 && (kind[row] ?? 9) < 2) expect(org.state[one]).toBe("jl"[kind[row] ?? 9]);
  });
});

test("10,000 changes: 200 of them as markup, all of them as data, in a file that is easy to keep", () => {
  const page = pageOf(largePlan(10_000, 10_000));
  expect(page.match(/<tr role="row"><td/g)).toHaveLength(200);
  expect((data(page, "table-data") as { kind: number[] }).kind).toHaveLength(9_996);
  expect((data(page, "org-data") as { email: string[] }).email).toHaveLength(10_000);
  expect(page).toContain("The first 200 of 9,996 rows");
  expect(page.length).toBeLessThan(2_500_000);
});

test("a plan without changes says so, and has no table", () => {
  const before = live([dev("ada")]);
  const page = pageOf({ made: plan(desired([declare(dev("ada"))]), before, policy()), live: before });
  expect(page).toContain("Nothing to change.");
  expect(page).not.toContain('id="rows"');
});
