import { isMap, isPair, isSeq, type Node, type YAMLMap, type YAMLSeq } from "yaml";
import type { Tree } from "../tree.js";
import { type Role, roleOfValue, sortedIndices } from "./order.js";

/** Called with what cannot be brought into order, and why. */
export type Leave = (offset: number, why: string) => void;

/**
 * The text of a collection in brackets, its entries in order. Commas, spaces and newlines stay where they are; the
 * entries change places between them.
 *
 * @param order whether to sort at all
 */
export function flowText(
  text: string,
  node: YAMLMap | YAMLSeq,
  tree: Tree,
  role: Role,
  order: boolean,
  leave: Leave,
): string {
  const [begin, end] = node.range ?? [0, 0];
  if (role === "other") return text.slice(begin, end);
  const slots = node.items.map(slotOf);
  const indices = order ? sortedIndices(role, tree) : [...slots.keys()];
  const inOrder = indices.every((index, at) => index === at);
  if (!inOrder && !areApart(text, slots, begin, end)) {
    leave(begin, "there is a comment or an anchor between its entries");
    return text.slice(begin, end);
  }
  const inner = node.items.map((item, at) => {
    const slot = slots[at] ?? { start: 0, end: 0 };
    const value: unknown = isPair(item) ? item.value : item;
    const [entry, key] = childOf(tree, at);
    if (!(isMap(value) || isSeq(value)) || entry === undefined) return text.slice(slot.start, slot.end);
    const [from, to] = value.range ?? [slot.end, slot.end];
    const made = flowText(text, value, entry, roleOfValue(role, key), order, leave);
    return text.slice(slot.start, from) + made + text.slice(to, slot.end);
  });
  let made = "";
  let at = begin;
  for (const [place, slot] of slots.entries()) {
    made += text.slice(at, slot.start) + (inner[inOrder ? place : (indices[place] ?? place)] ?? "");
    at = slot.end;
  }
  return made + text.slice(at, end);
}

/** The tree of an entry, and its key. */
export function childOf(tree: Tree, at: number): readonly [Tree | undefined, string] {
  if (tree.kind === "map") return [tree.entries[at]?.value, tree.entries[at]?.key ?? ""];
  return [tree.kind === "list" ? tree.items[at] : undefined, ""];
}

interface Slot {
  readonly start: number;
  readonly end: number;
}

function slotOf(item: unknown): Slot {
  const nodes = (isPair(item) ? [item.key, item.value] : [item]) as readonly (Node | null)[];
  const ranges = nodes.flatMap((node) => (node?.range ? [node.range] : []));
  return { start: ranges[0]?.[0] ?? 0, end: Math.max(...ranges.map((range) => range[1])) };
}

/** Whether nothing but one comma and white space stands between the entries. */
function areApart(text: string, slots: readonly Slot[], begin: number, end: number): boolean {
  return [...slots, null].every((slot, at) => {
    const from = at === 0 ? begin + 1 : (slots[at - 1]?.end ?? begin);
    const between = text.slice(from, slot === null ? end - 1 : slot.start);
    if (at === 0) return /^\s*$/.test(between);
    return slot === null ? /^\s*,?\s*$/.test(between) : /^\s*,\s*$/.test(between);
  });
}
