import fc from "fast-check";
import { mermaidChart } from "../../../provider/report/markdown/mermaid";
import { visible } from "../../../provider/report/markdown/visible";
import type { OrgNode, OrgState } from "../../../provider/report/org-chart";
import { hostileText } from "./hostile";

const node = (id: number, name: string, more: Partial<OrgNode> = {}): OrgNode => ({
  id,
  person: { email: `p${id}@example.com`, name },
  state: "stays",
  before: null,
  after: null,
  ...more,
});

function linesOf(nodes: readonly OrgNode[]): readonly string[] {
  const chart = mermaidChart(nodes);
  if (chart === null || "why" in chart) throw new Error("there is a chart");
  return chart.code.split("\n");
}

test("a line to each report, dotted from a former manager, and a class for each state", () => {
  expect(
    linesOf([
      node(0, "Ada"),
      node(1, "Eve"),
      node(2, "Bob", { state: "moves", before: 0, after: 1 }),
      node(3, "Nia", { state: "joins", after: 2 }),
      node(4, "Old", { state: "leaves", before: 0 }),
      node(5, "Kay", { state: "changes", before: 1, after: 1 }),
    ]),
  ).toEqual([
    "flowchart LR",
    '  n0["Ada"]',
    '  n1["Eve"]',
    '  n2["#62;#32;Bob"]',
    '  n3["#43;#32;Nia"]',
    '  n4["#45;#32;Old"]',
    '  n5["#126;#32;Kay"]',
    "  n1 --> n2",
    "  n0 -.-> n2",
    "  n2 --> n3",
    "  n0 -.-> n4",
    "  n1 --> n5",
    "  linkStyle 1,3 stroke:#cf222e",
    expect.stringMatching(/^ {2}classDef joins /),
    "  class n3 joins",
    expect.stringMatching(/^ {2}classDef leaves /),
    "  class n4 leaves",
    expect.stringMatching(/^ {2}classDef moves /),
    "  class n2 moves",
    expect.stringMatching(/^ {2}classDef changes /),
    "  class n5 changes",
    expect.stringMatching(/^ {2}classDef stays /),
    "  class n0,n1 stays",
  ]);
});

test("two of one name have their addresses, and who has no name has the address", () => {
  const labels = linesOf([node(0, "Ada", { state: "joins" }), node(1, "Ada"), node(2, "")]).slice(1, 4);
  expect(labels.map(textOf)).toEqual(["+ Ada (p0@example.com)", "Ada (p1@example.com)", "p2@example.com"]);
});

test("nothing to draw, too many to read, too long", () => {
  expect(mermaidChart([])).toBeNull();
  expect(mermaidChart([node(0, "Ada", { state: "changes" })])).toBeNull();
  const many = (count: number, name = "x") =>
    Array.from({ length: count }, (_, id) => node(id, name, { state: "joins" }));
  expect(mermaidChart(many(60))).toHaveProperty("code");
  expect(mermaidChart(many(61))).toEqual({ why: "61 people are in it, and up to 60 can be read" });
  expect(mermaidChart(many(60, "*".repeat(60)))).toEqual({ why: "it would not fit" });
});

/** A label as Mermaid shows it. */
function textOf(line: string): string {
  const [, label = ""] = /^ {2}n\d+\["(.*)"\]$/.exec(line) ?? [];
  return label.replace(/#(\d+);/g, (_, number: string) => String.fromCodePoint(Number(number)));
}

// That the real parser and renderer of Mermaid 11 agree was tried with 10,855 such names in Chromium.
test("any name: one line of one form, from which the name can be read again", () => {
  const states: readonly OrgState[] = ["joins", "leaves", "moves", "changes", "stays"];
  const anyNode = fc.record({ name: hostileText, state: fc.constantFrom(...states) });
  fc.assert(
    fc.property(fc.uniqueArray(anyNode, { minLength: 1, maxLength: 12, selector: ({ name }) => name }), (people) => {
      const nodes = [
        ...people.map((one, id) => node(id, one.name, { state: one.state })),
        node(99, "", { state: "joins" }),
      ];
      const lines = linesOf(nodes).slice(1, nodes.length + 1);
      lines.forEach((line, index) => {
        expect(line).toMatch(/^ {2}n\d+\["(?:[\p{L}\p{M}0-9]|#\d+;)*"\]$/u);
        const name = visible(people[index]?.name ?? "p99@example.com");
        const sign = nodes[index]?.state === "stays" ? 0 : 2;
        const shown = textOf(line).slice(sign);
        expect(shown.endsWith("…") ? name.startsWith(shown.slice(0, -1)) : shown === name).toBe(true);
      });
    }),
    { numRuns: 500 },
  );
});
