import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { planMarkdown } from "../../../provider/report/markdown/plan-markdown";
import { orgChart } from "../../../provider/report/org-chart";
import { reviewOf } from "../../../provider/report/review";
import { shareOut } from "../../../provider/report/share-out";
import type { Developer } from "../../../provider/roster/developer";
import { plan } from "../../../provider/roster/plan";
import { declare, desired, dev, live, policy } from "../../support/people";
import { bigPlan, type Made, mixedPlan, smallPlan } from "../mixed-plan";
import { hostileText } from "./hostile";

const GOLDEN = join(__dirname, "..", "golden");
/** What GitHub takes, counted as strictly as it may. */
const LIMIT = 65_536;

interface How {
  readonly people?: "names" | "masked";
  readonly kind?: "plan" | "drift";
  readonly most?: number;
}

function render({ plan: made, live: roster }: Made, { people = "names", kind = "plan", most }: How = {}): string {
  const command = ["sei-roster", "apply", "roster/", "--checksum", made.checksum];
  const review = reviewOf(made, roster.developers, { people });
  const org = orgChart(roster.developers, made.changes, { people, part: "changed" });
  return planMarkdown(review, org, { kind, command, ...(most === undefined ? {} : { most }) });
}

function golden(name: string, text: string): void {
  const path = join(GOLDEN, name);
  if (process.env["GOLDEN"] === "write") writeFileSync(path, text);
  expect(text).toBe(readFileSync(path, "utf8"));
}

const REFUSING = { maxDelete: 1, maxManagerChange: 0 };
const nothing: Made = {
  plan: plan(desired([declare(dev("ada"))]), live([dev("ada")]), policy()),
  live: live([dev("ada")]),
};

test("one change", () => golden("markdown-one.md", render(smallPlan())));
test("some twenty", () => golden("markdown-mixed.md", render(mixedPlan())));
test("some twenty, masked", () => golden("markdown-mixed-masked.md", render(mixedPlan(), { people: "masked" })));
test("some twenty as drift", () => golden("markdown-drift.md", render(mixedPlan(), { kind: "drift" })));
test("refused by two limits", () => golden("markdown-refused.md", render(mixedPlan({ guards: REFUSING }))));
test("refused, masked", () =>
  golden("markdown-refused-masked.md", render(mixedPlan({ guards: REFUSING }), { people: "masked" })));
test("refused by what has no exception", () =>
  golden("markdown-refused-always.md", render(mixedPlan({ columns: true }))));
test("a hundred", () => golden("markdown-hundred.md", render(bigPlan(180))));

test("no changes, and no drift", () => {
  expect(render(nothing)).toMatch(/^## Roster plan: no changes\n\n<details><summary><b>Guards: all passed<\/b>/);
  expect(render(nothing, { kind: "drift" })).toMatch(/^## No drift: live is as declared\n/);
});

test("ten thousand: it fits, the head says what there is, and every part says what it leaves out", () => {
  const text = render(bigPlan(16_000));
  const { length } = text;
  expect([length <= LIMIT, Buffer.byteLength(text) <= LIMIT, length > 60_000]).toEqual([true, true, true]);
  expect(text.slice(0, text.indexOf("<details>"))).toMatchInlineSnapshot(`
"## Roster plan: 10,398 changes, refused by \`maxUpdate\`, \`consistency\`

Join: **1,600** · Leave: **1,600** · Get another manager: **3,198** · Change team: **4,000** · Other values: **4,000**

> [!CAUTION]
> **Refused by 2 guards: nothing can be applied.**
>
> **Guard \`maxUpdate\`:** 7198 developers would be updated; \`guards.maxUpdate\` allows 4800 of 16000 (default: the larger of 10 and 30%).<br>
> Whom: \`p10001@example.com\`, \`p10002@example.com\`, \`p10005@example.com\`, \`p10006@example.com\`, \`p10010@example.com\`, \`p10013@example.com\`, \`p10014@example.com\`, \`p10017@example.com\`, \`p10018@example.com\`, \`p1001@example.com\` and 7,188 more.<br>
> What to do: if this is meant, allow it once in the change that is reviewed: allow: \`[{ update: [<emails>], reason: <why>, until: <day> }],\` or raise \`guards.maxUpdate\` to at least 7198.
>
> **Guard \`consistency\`:** \`MANAGER_EMAIL_MISSING_IN_DEVELOPER_EMAILS:\` 1000 developer(s) would report to somebody who is not on the roster.<br>
> Whom: \`p10072@example.com\`, \`p10074@example.com\`, \`p10075@example.com\`, \`p10076@example.com\`, \`p10078@example.com\`, \`p10152@example.com\`, \`p10154@example.com\`, \`p10155@example.com\`, \`p10156@example.com\`, \`p10158@example.com\` and 990 more.<br>
> What to do: give the reports another manager in the same change, or keep the manager.

_13,588 rows would not fit here; the JSON and the HTML of the same plan have all of them._

"
`);
  const told = [...text.matchAll(/<summary><b>(.*): ([\d,]+)<\/b>/g)].map(([, title, size]) => `${title} ${size}`);
  expect(told).toEqual([
    "Join 1,600",
    "Leave 1,600",
    "Get another manager 3,198",
    "Change team 4,000",
    "Other values 4,000",
  ]);
  const left = [...text.matchAll(/^… and ([\d,]+) more$/gm)].map(([, count = ""]) => Number(count.replace(",", "")));
  const [, rows = ""] = /_([\d,]+) rows would not fit here/.exec(text) ?? [];
  expect(left.reduce((sum, count) => sum + count, 0)).toBe(Number(rows.replace(",", "")));
  const shown = text.split("\n").filter((line) => /^\| Person \d+ /.test(line)).length;
  expect(shown + Number(rows.replace(",", ""))).toBe(1_600 + 1_600 + 3_198 + 4_000 + 4_000);
});

test("it fits with letters of four bytes, with letters that grow when they are shown, and in less room", () => {
  const names = ["𠮷".repeat(60), "\u202e".repeat(90), "`|<!".repeat(40), "\\|".repeat(90)];
  for (const name of names) {
    for (const size of [1, 100, 1_200]) {
      const made = bigPlan(size, () => name);
      for (const how of [{}, { people: "masked" }, { kind: "drift" }] as const) {
        const text = render(made, how);
        expect(Buffer.byteLength(text)).toBeLessThanOrEqual(LIMIT - 1_000);
      }
    }
  }
  const small = render(bigPlan(2_000), { most: 12_000 });
  expect(Buffer.byteLength(small)).toBeLessThanOrEqual(12_000);
  expect(small).toMatch(/^## Roster plan/);
});

test("few are never hidden by many", () => {
  const before = [
    ...Array.from({ length: 5_000 }, (_, index) => dev(`p${index}`)),
    dev("ada", { name: "Ada" }),
    dev("bob", { name: "Bob" }),
  ];
  const after = before.slice(0, 5_000).map((one) => ({ ...one, attributes: { Role: "x", Team: "" } }));
  const made = { plan: plan(desired(after.map((one) => declare(one))), live(before), policy()), live: live(before) };
  const text = render(made);
  expect(text).toContain("| Ada `ada@example.com` |");
  expect(text).toContain("| Bob `bob@example.com` |");
});

test("the summary and the refusals stay whole when everything refuses, at any length", () => {
  const made = bigPlan(3_000);
  const refused = made.plan.guards.map((verdict) => ({
    ...verdict,
    verdict: "refused" as const,
    reason: "𠮷 ` ".repeat(5_000),
    hint: "\u202e".repeat(5_000),
    limit: "|".repeat(5_000),
    people: Array.from({ length: 3_000 }, (_, index) => `${"\u200b".repeat(300)}${index}@example.com`),
  }));
  const text = render({ ...made, plan: { ...made.plan, guards: refused } });
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(LIMIT - 1_000);
  expect(text).toContain("**Refused by 13 guards: nothing can be applied.**");
  for (const { name } of refused) expect(text).toContain(`**Guard \`${name}\`:**`);
  expect(text).toContain(`Checksum \`${made.plan.checksum}\``);
});

test("masked: nobody is named, and no value is shown", () => {
  for (const made of [mixedPlan(), mixedPlan({ guards: REFUSING })]) {
    for (const kind of ["plan", "drift"] as const) {
      const text = render(made, { people: "masked", kind });
      expect(text).not.toMatch(/Lovelace|Turing|Okafor|Wray|Khayyam|Payments|Search|Engineer|ada-gh|\bfay\b|\bcarl\b/);
      expect(text.match(/[\w.*]+@/g)?.filter((found) => !/^.\*{3}@$/.test(found))).toEqual([]);
    }
  }
});

test("a plan that nothing can apply has no command", () => {
  const { plan: made, live: roster } = smallPlan();
  const offline = {
    ...made,
    way: { kind: "none", requests: 0, why: "two versions of the files are compared" },
  } as const;
  const text = render({ plan: offline, live: roster });
  expect(text).toContain("Nothing can be applied: two versions of the files are compared.");
  expect(text).not.toContain("```sh");
  expect(render(mixedPlan({ guards: REFUSING }))).not.toContain("```sh");
});

/** The structure of a report: every line with what users wrote taken out of it. */
function skeleton(text: string): readonly string[] {
  return text
    .replace(/^ {2}n(\d+)\["[^"\n]*"\]$/gm, '  n$1["…"]')
    .split("\n")
    .map((line) =>
      line.replace(/(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)/g, "C").replace(/[\p{L}\p{M}0-9'’.,;:()%C -]+/gu, "w"),
    );
}

test("any names, teams, columns and reasons: the same structure as with plain ones", () => {
  const made = (name: string, team: string, previous: string): Made => {
    const people = (first: string, second: string): readonly Developer[] => [
      dev("ada", { name: "Ada" }),
      dev("bob", { name: first, manager: "ada", Team: second }),
    ];
    const before = people(name, previous);
    const leaving = dev("eve", { name, manager: "ada", Team: team });
    const after = [...people(name, team), dev("nia", { name, manager: "bob", Team: team })];
    const limit = plan(
      desired(after.map((one) => declare(one))),
      live([...before, leaving]),
      policy({ guards: { maxDelete: 0 } }),
    );
    const guards = limit.guards.map((verdict) =>
      verdict.verdict === "refused" ? { ...verdict, reason: name, hint: team, limit: previous } : verdict,
    );
    return { plan: { ...limit, guards, way: { ...limit.way, why: team } }, live: live([...before, leaving]) };
  };
  const plain = skeleton(render(made("Ada Lovelace", "@Team", "@Before")));
  const distinct = fc
    .tuple(hostileText, hostileText, hostileText)
    .filter((texts) => texts[1] !== texts[2] && texts.every((text) => text.trim() !== ""));
  fc.assert(
    fc.property(distinct, ([name, team, before]) => {
      const text = render(made(name, team, before));
      expect(skeleton(text)).toEqual(plain);
      expect(text).not.toMatch(/<!|[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069](?<!\n)/u);
    }),
    { numRuns: 400 },
  );
});

test("room is shared: who needs little gets it, the rest is equal", () => {
  expect(shareOut([10, 500, 500], 210)).toEqual([10, 100, 100]);
  expect(shareOut([500, 10, 500], 2_000)).toEqual([500, 10, 500]);
  expect(shareOut([], 100)).toEqual([]);
  expect(shareOut([5, 5], -1)).toEqual([0, 0]);
  const needs = fc.array(fc.nat(1_000), { maxLength: 12 });
  fc.assert(
    fc.property(needs, fc.nat(5_000), (all, room) => {
      const shares = shareOut(all, room);
      const used = shares.reduce((sum, share) => sum + share, 0);
      expect(used).toBeLessThanOrEqual(room);
      shares.forEach((share, index) => {
        expect(share).toBeLessThanOrEqual(all[index] ?? 0);
        // Whoever goes short has no less than anybody else but what rounding takes.
        if (share < (all[index] ?? 0)) expect(share).toBeGreaterThanOrEqual(Math.max(...shares) - all.length);
      });
    }),
  );
});

test("the time grows with the changes, not with their square", () => {
  const timeOf = (size: number) => {
    const made = bigPlan(size);
    const start = performance.now();
    render(made);
    return performance.now() - start;
  };
  timeOf(1_000);
  // Sixteen times as many: a quadratic step takes 256 times as long.
  expect(timeOf(16_000) / Math.max(10, timeOf(1_000))).toBeLessThan(100);
});

test("an address is somebody's own as well", () => {
  const evil = "`|x`<!--@example.com";
  const made = plan(desired([declare({ ...dev("ada"), email: evil })]), live([]), policy());
  const text = render({ plan: made, live: live([]) });
  expect(text).toContain("| ADA `` `\\|x`<[U+0021]--@example.com `` |");
});
