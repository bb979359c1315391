import fc from "fast-check";
import { parse } from "yaml";
import { formatYaml } from "../../provider/source/format-yaml.js";

/** Every comment says whom it is about: `#12 ada above`. */
type Position = "above" | "beside" | "inside" | "below";

/** Scalars as they are written after `Key: `; `%` is the indentation of the block, N a number. */
const scalar = fc.constantFrom(
  ...[
    "007",
    "1e3",
    "'x'",
    '"a # b"',
    "~",
    "",
    "yes",
    "2026-01-01",
    "0x1F",
    "=cmd()",
    "'it''s'",
    '"\\u00e9\\t"',
    "a   b",
  ],
  ...[
    "|\n%text\n%# no comment",
    "|+\n%text\n\n",
    ">-\n%folded\n\n%text",
    "|2-\n%  text",
    '"two\n%lines"',
    "two\n%lines",
  ],
  ...["{ a: 1, b: [x, y] }", "!!str 1", "😀", "x".repeat(300)],
);
const key = fc.constantFrom(
  "name",
  "manager",
  "Role",
  "Team",
  "identities",
  "effective",
  "attributes",
  "previousEmails",
);
const attribute = fc.record({
  key,
  scalar,
  blank: fc.boolean(),
  above: fc.boolean(),
  beside: fc.boolean(),
  anchor: fc.constantFrom("none", "none", "none", "none", "anchor", "alias"),
});
const developer = fc.record({
  attributes: fc.uniqueArray(attribute, { selector: (one) => one.key, maxLength: 5 }),
  flow: fc.boolean(),
  blanks: fc.nat(2),
  above: fc.nat(2),
  section: fc.boolean(),
  below: fc.boolean(),
  inside: fc.boolean(),
  beside: fc.boolean(),
});
const roster = fc.record({
  developers: fc.uniqueArray(fc.tuple(fc.stringMatching(/^[a-eA-E]{1,3}$/), developer), {
    selector: ([name]) => name.toLowerCase(),
    minLength: 1,
    maxLength: 7,
  }),
  list: fc.boolean(),
  indent: fc.constantFrom(0, 2, 3, 4),
  others: fc.shuffledSubarray(["version: 1", "prune: all   # why", "guards:\n  # a guard\n  maxDelete: 10%", "\n"]),
  developersAt: fc.nat(4),
  newline: fc.constantFrom("\n", "\n", "\r\n"),
  lastNewline: fc.boolean(),
});
type Roster = typeof roster extends fc.Arbitrary<infer T> ? T : never;
type Developer = Roster["developers"][number][1];

/** Writes a roster as a person might. */
class Writer {
  #comments = 0;
  #anchors = 0;
  readonly #roster: Roster;

  constructor(made: Roster) {
    this.#roster = made;
  }

  text(): string {
    const { others, developersAt, newline, lastNewline } = this.#roster;
    const parts = [...others];
    parts.splice(developersAt, 0, this.developers());
    const text = parts.map((part) => (part === "\n" ? part : `${part}\n`)).join("");
    return (lastNewline ? text : text.slice(0, -1)).replaceAll("\n", newline);
  }

  developers(): string {
    const { developers, list, indent } = this.#roster;
    const pad = " ".repeat(list ? indent : Math.max(indent, 1));
    return ["developers:", ...developers.flatMap(([name, one], at) => this.developer(name, one, pad, at === 0))].join(
      "\n",
    );
  }

  comment(name: string, position: Position): string {
    return `#${++this.#comments} ${name} ${position}`;
  }

  developer(name: string, one: Developer, pad: string, first: boolean): readonly string[] {
    const { list } = this.#roster;
    const lines: string[] = Array.from({ length: one.blanks }, () => "");
    for (let at = 0; at < one.above; at++) lines.push(`${pad}${this.comment(name, "above")}`);
    // A comment with a blank line after it is the person's below it, but for the first, where it is a header.
    if (one.section && one.blanks > 0 && one.above > 0 && !first) lines.push("");
    const email = `${name}@example.com`;
    const beside = one.beside ? `  ${this.comment(name, "beside")}` : "";
    if (one.flow) {
      const pairs = one.attributes.map(({ key, scalar }) => `${key}: ${/[\n%{~#]|^$/.test(scalar) ? "x" : scalar}`);
      const all = list ? [...pairs, `email: ${email}`] : pairs;
      lines.push(`${pad}${list ? "- " : `${email}: `}{ ${all.join(", ")} }${beside}`);
    } else {
      const inner = `${pad}  `;
      const body = one.attributes.flatMap((attribute) => this.attribute(name, attribute, inner));
      if (list) {
        const all = [...body, `${inner}email: ${email}${beside}`];
        const at = all.findIndex((line) => line.trim() !== "" && !line.trim().startsWith("#"));
        // What comes before the first key stands above the dash.
        lines.push(
          ...all
            .slice(0, at)
            .map((line) => (line === "" ? "" : pad + line.trim()))
            .filter((line) => line !== ""),
        );
        lines.push(`${pad}- ${(all[at] ?? "").slice(inner.length)}`, ...all.slice(at + 1));
      } else {
        lines.push(`${pad}${email}:${beside}`, ...body);
      }
      if (one.inside) lines.push(`${inner}${this.comment(name, "inside")}`);
    }
    // Below the blank lines of a block scalar it would be the next person's.
    if (lines.at(-1) === "") return lines;
    // Only a blank line after it makes it this person's.
    if (one.below) lines.push(`${pad}${this.comment(name, "below")}`, "");
    return lines;
  }

  attribute(name: string, one: Developer["attributes"][number], pad: string): readonly string[] {
    const above = [...(one.blank ? [""] : []), ...(one.above ? [`${pad}${this.comment(name, "inside")}`] : [])];
    const isPlain = /^[\w'-]+$/.test(one.scalar);
    if (one.anchor === "alias" && this.#anchors > 0) return [...above, `${pad}${one.key}: *a${this.#anchors}`];
    const anchor = one.anchor === "anchor" && isPlain ? `&a${++this.#anchors} ` : "";
    const beside = one.beside && isPlain ? `   ${this.comment(name, "beside")}` : "";
    return [...above, ...`${pad}${one.key}: ${anchor}${one.scalar.replaceAll("%", `${pad}  `)}${beside}`.split("\n")];
  }
}

/** Who each comment of a formatted text stands at, found without the formatter. */
function ownersOf(text: string, names: ReadonlySet<string>): ReadonlyMap<string, string> {
  const lines = text.split("\n");
  const begins = developerLines(lines, names);
  const owners = new Map<string, string>();
  for (const [at, line] of lines.entries()) {
    const comment = /#\d+ \w+ \w+/.exec(line)?.[0];
    if (comment === undefined) continue;
    const next = begins.find((one) => one.line >= at);
    const before = begins.findLast((one) => one.line <= at);
    const position = comment.split(" ")[2] as Position;
    // A comment above the first key of an item stands above the dash.
    const isAbove =
      position === "above" || (position === "inside" && next !== undefined && standsAbove(lines, at, next.line));
    const owner = isAbove ? next : before;
    owners.set(comment, owner?.name ?? "nobody");
  }
  return owners;
}

function standsAbove(lines: readonly string[], at: number, next: number): boolean {
  const column = (line: string): number => line.length - line.trimStart().length;
  return column(lines[at] ?? "") <= column(lines[next] ?? "");
}

function developerLines(lines: readonly string[], names: ReadonlySet<string>) {
  const begins: { line: number; name: string }[] = [];
  let dash = -1;
  for (const [line, text] of lines.entries()) {
    if (/^\s*- /.test(text)) dash = line;
    const name = /(?:^\s*|email: )(\w+)@example\.com/.exec(text)?.[1];
    if (name !== undefined && names.has(name)) begins.push({ line: dash < 0 ? line : dash, name });
  }
  return begins;
}

function valuesOf(text: string, schema: "core" | "failsafe"): unknown {
  const value = parse(text.replaceAll("\r\n", "\n"), { schema });
  if (!Array.isArray(value.developers)) return value;
  return { ...value, developers: new Map(value.developers.map((one: { email: string }) => [one.email, one])) };
}

test("formatting keeps every value, every comment at its person, and is done after one time", () => {
  let sorted = 0;
  fc.assert(
    fc.property(roster, (made) => {
      const text = new Writer(made).text();
      const formatted = formatYaml("roster.yaml", text);
      if (formatted.kind !== "formatted") throw new Error(JSON.stringify(formatted));
      const names = new Set(made.developers.map(([name]) => name));
      expect(valuesOf(formatted.text, "core")).toEqual(valuesOf(text, "core"));
      expect(valuesOf(formatted.text, "failsafe")).toEqual(valuesOf(text, "failsafe"));
      const comments = [...text.matchAll(/#\d+ \w+ \w+/g)].map(([comment]) => comment);
      expect([...formatted.text.matchAll(/#\d+ \w+ \w+/g)].map(([comment]) => comment).sort()).toEqual(comments.sort());
      for (const [comment, owner] of ownersOf(formatted.text, names)) {
        expect(`${comment} stands at ${owner}`).toBe(`${comment} stands at ${comment.split(" ")[1]}`);
      }
      expect(formatYaml("roster.yaml", formatted.text)).toMatchObject({ kind: "formatted", text: formatted.text });
      if (formatted.left.length === 0) {
        sorted++;
        const order = developerLines(formatted.text.split("\n"), names).map(({ name }) => name.toLowerCase());
        const byEmail = (name: string): string => `${name}@example.com`;
        expect(order.map(byEmail)).toEqual(order.map(byEmail).sort());
      } else {
        expect(text).toContain("*a");
      }
    }),
    { numRuns: 400 },
  );
  // The others hold an alias that sorting would break.
  expect(sorted).toBeGreaterThan(200);
});
