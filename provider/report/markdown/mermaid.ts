import type { OrgNode, OrgState } from "../org-chart.js";
import { bytesOf, cutTo } from "./bytes.js";
import { visible } from "./visible.js";

/** A larger chart is a carpet. */
const MOST_NODES = 60;
/** A chart must leave room for what it draws. */
const MOST_BYTES = 16_000;

const SIGN: Readonly<Record<OrgState, string>> = { joins: "+ ", leaves: "- ", moves: "> ", changes: "~ ", stays: "" };

/** Fill, line and letters of their own, so that they can be read on light and on dark. */
const STYLE: Readonly<Record<OrgState, string>> = {
  joins: "fill:#dafbe1,stroke:#1a7f37,color:#1f2328,stroke-width:2px",
  leaves: "fill:#ffebe9,stroke:#cf222e,color:#1f2328,stroke-width:2px,stroke-dasharray:5 3",
  moves: "fill:#ddf4ff,stroke:#0969da,color:#1f2328,stroke-width:2px",
  changes: "fill:#fff8c5,stroke:#9a6700,color:#1f2328",
  stays: "fill:#f6f8fa,stroke:#59636e,color:#1f2328",
};

/** The lines that are no more. */
const FORMER = "#cf222e";

const STATES = Object.keys(STYLE) as OrgState[];

interface Edge {
  readonly from: number;
  readonly to: number;
  /** From a former manager. */
  readonly dotted: boolean;
}

/** A chart, or why there is none; null: nobody joins, leaves or moves, so there is nothing to draw. */
export type Chart = { readonly code: string } | { readonly why: string } | null;

/**
 * The org chart of a plan in Mermaid: a line leads from a manager to a report, dotted from a former manager.
 *
 * @example
 * mermaidChart(orgChart(live, changes, { people: "names", part: "changed" }));
 * // { code: 'flowchart LR\n  n0["Ada"]\n...' }
 */
export function mermaidChart(nodes: readonly OrgNode[]): Chart {
  if (!nodes.some(({ state }) => state === "joins" || state === "leaves" || state === "moves")) return null;
  if (nodes.length > MOST_NODES)
    return { why: `${nodes.length} people are in it, and up to ${MOST_NODES} can be read` };
  const names = new Map<string, number>();
  for (const { person } of nodes) names.set(person.name, (names.get(person.name) ?? 0) + 1);
  const edges = nodes.flatMap(edgesOf);
  const former = edges.flatMap(({ dotted }, index) => (dotted ? [index] : []));
  const lines = [
    ...nodes.map((node) => `  n${node.id}["${label(`${SIGN[node.state]}${nameOf(node, names)}`)}"]`),
    ...edges.map(({ from, to, dotted }) => `  n${from} ${dotted ? "-.->" : "-->"} n${to}`),
    ...(former.length === 0 ? [] : [`  linkStyle ${former.join(",")} stroke:${FORMER}`]),
    ...STATES.flatMap((state) => classLines(state, nodes)),
  ];
  const code = ["flowchart LR", ...lines].join("\n");
  return bytesOf(code) > MOST_BYTES ? { why: "it would not fit" } : { code };
}

/**
 * Mermaid reads `#<number>;` as that character, and as nothing else. Spaces too: in spite of the quotes it takes the
 * words `direction TB` of a label for its own.
 */
function label(text: string): string {
  return text.replace(/[^\p{L}\p{M}0-9]/gu, (sign) => `#${sign.codePointAt(0) ?? 0};`);
}

/** Two of one name are told apart by their addresses. */
function nameOf({ person: { name, email } }: OrgNode, names: ReadonlyMap<string, number>): string {
  if (name === "") return cutTo(visible(email), 60);
  const shown = cutTo(visible(name), 60);
  return names.get(name) === 1 ? shown : `${shown} (${cutTo(visible(email), 60)})`;
}

function edgesOf({ id, before, after }: OrgNode): readonly Edge[] {
  return [
    ...(after === null ? [] : [{ from: after, to: id, dotted: false }]),
    ...(before === null || before === after ? [] : [{ from: before, to: id, dotted: true }]),
  ];
}

function classLines(state: OrgState, nodes: readonly OrgNode[]): readonly string[] {
  const ids = nodes.filter((node) => node.state === state).map(({ id }) => `n${id}`);
  return ids.length === 0 ? [] : [`  classDef ${state} ${STYLE[state]}`, `  class ${ids.join(",")} ${state}`];
}
