/** Values of some parameters that must not come together: by parameter, the numbers of the values. */
export type Forbidden = ReadonlyMap<number, ReadonlySet<number>>;

/** Not chosen yet. */
const OPEN = -1;

/** A combination of some parameters, the values of all but the last of which have the given strides. */
interface Group {
  readonly parameters: readonly number[];
  readonly strides: readonly number[];
  /** By the values: 1 when it needs no row any more. */
  readonly done: Uint8Array;
}

/**
 * Rows of values such that every combination of values of any `strength` parameters stands in at least one row, without
 * what is forbidden: a covering array, made by IPOG (one parameter after the other; first in the rows there are, then
 * in new ones). The same arguments give the same rows.
 *
 * @param sizes the number of values of each parameter
 * @returns the number of a value for each parameter
 * @example
 * coveringArray([2, 2, 2], 2); // [[0, 0, 0], [0, 1, 1], [1, 0, 1], [1, 1, 0]]
 */
export function coveringArray(
  sizes: readonly number[],
  strength: number,
  forbidden: readonly Forbidden[] = [],
): readonly (readonly number[])[] {
  // The most values first: the others find room in their rows.
  const order = sizes.map((_, at) => at).sort((a, b) => (sizes[b] ?? 0) - (sizes[a] ?? 0) || a - b);
  const allowed = allowance(sizes, forbidden);
  const rows: number[][] = [];
  order.forEach((parameter, position) => {
    if (position < strength - 1) return;
    const groups = groupsOf(order.slice(0, position), parameter, sizes, strength);
    for (const group of groups) {
      for (const values of combinations(group, sizes)) if (!allowed(rowOf(values, sizes))) mark(group, values);
    }
    // The first rows come of the first combinations alone.
    if (position >= strength) for (const row of rows) extend(row, parameter, groups, sizes, allowed);
    for (const group of groups) {
      for (const values of combinations(group, sizes)) {
        if (!isDone(group, values)) place(values, rows, sizes, allowed);
        mark(group, values);
      }
    }
  });
  for (const row of rows) fill(row, sizes, allowed);
  return rows;
}

type Values = ReadonlyMap<number, number>;
type Allowed = (row: readonly number[]) => boolean;

function groupsOf(before: readonly number[], last: number, sizes: readonly number[], strength: number): Group[] {
  return choose(before, strength - 1).map((chosen) => {
    const parameters = [...chosen, last];
    const strides = parameters.map((_, at) =>
      parameters.slice(at + 1).reduce((all, one) => all * (sizes[one] ?? 1), 1),
    );
    return { parameters, strides, done: new Uint8Array(parameters.reduce((all, one) => all * (sizes[one] ?? 1), 1)) };
  });
}

function choose(from: readonly number[], count: number): number[][] {
  if (count === 0) return [[]];
  return from.flatMap((one, at) => choose(from.slice(at + 1), count - 1).map((rest) => [one, ...rest]));
}

function* combinations({ parameters }: Group, sizes: readonly number[], at = 0): Generator<Values> {
  const parameter = parameters[at];
  if (parameter === undefined) {
    yield new Map();
    return;
  }
  for (const rest of combinations({ parameters, strides: [], done: new Uint8Array() }, sizes, at + 1)) {
    for (let value = 0; value < (sizes[parameter] ?? 0); value += 1) yield new Map([...rest, [parameter, value]]);
  }
}

function indexIn({ parameters, strides }: Group, valueAt: (parameter: number) => number): number {
  return parameters.reduce((sum, parameter, at) => sum + (strides[at] ?? 0) * valueAt(parameter), 0);
}

function mark(group: Group, values: Values): void {
  group.done[indexIn(group, (one) => values.get(one) ?? 0)] = 1;
}

function isDone(group: Group, values: Values): boolean {
  return group.done[indexIn(group, (one) => values.get(one) ?? 0)] === 1;
}

/** Gives a row the value that covers the most; of several the first. */
function extend(
  row: number[],
  last: number,
  groups: readonly Group[],
  sizes: readonly number[],
  allowed: Allowed,
): void {
  const gains = new Array<number>(sizes[last] ?? 0).fill(0);
  const whole = groups.filter(({ parameters }) => parameters.every((one) => one === last || row[one] !== OPEN));
  const bases = whole.map((group) => indexIn(group, (one) => (one === last ? 0 : (row[one] ?? 0))));
  whole.forEach(({ done }, at) => {
    for (let value = 0; value < gains.length; value += 1) {
      if (done[(bases[at] ?? 0) + value] === 0) gains[value] = (gains[value] ?? 0) + 1;
    }
  });
  const best = [...gains.keys()].sort((a, b) => (gains[b] ?? 0) - (gains[a] ?? 0) || a - b);
  // What covers nothing stays open for others.
  const value = best.find((one) => (gains[one] ?? 0) > 0 && allowed(replaced(row, last, one)));
  if (value === undefined) return;
  row[last] = value;
  whole.forEach(({ done }, at) => {
    done[(bases[at] ?? 0) + value] = 1;
  });
}

/** Puts a combination into a row that has room for it, or into a new one. */
function place(values: Values, rows: number[][], sizes: readonly number[], allowed: Allowed): void {
  const fits = (row: readonly number[]) =>
    [...values].every(([parameter, value]) => row[parameter] === OPEN || row[parameter] === value) &&
    allowed(rowOf(values, sizes, row));
  let row = rows.find(fits);
  if (row === undefined) {
    row = sizes.map(() => OPEN);
    rows.push(row);
  }
  for (const [parameter, value] of values) row[parameter] = value;
}

/** What is still open: each value in turn, so that the rows differ in more than they must. */
function fill(row: number[], sizes: readonly number[], allowed: Allowed): void {
  const start = row.reduce((sum, value) => sum + Math.max(value, 0), 0);
  sizes.forEach((size, parameter) => {
    for (let tries = 0; row[parameter] === OPEN && tries < size; tries += 1) {
      const value = (start + parameter + tries) % size;
      if (allowed(replaced(row, parameter, value))) row[parameter] = value;
    }
  });
}

function rowOf(values: Values, sizes: readonly number[], under?: readonly number[]): readonly number[] {
  return sizes.map((_, parameter) => values.get(parameter) ?? under?.[parameter] ?? OPEN);
}

function replaced(row: readonly number[], parameter: number, value: number): readonly number[] {
  return row.map((one, at) => (at === parameter ? value : one));
}

/** Whether a row can be filled up without anything forbidden. */
function allowance(sizes: readonly number[], forbidden: readonly Forbidden[]): Allowed {
  const named = [...new Set(forbidden.flatMap((one) => [...one.keys()]))];
  const isBroken = (row: readonly number[]) =>
    forbidden.some((one) => [...one].every(([parameter, values]) => values.has(row[parameter] ?? OPEN)));
  const known = new Map<string, boolean>();
  const canFill = (row: readonly number[]): boolean => {
    if (isBroken(row)) return false;
    const open = named.find((parameter) => row[parameter] === OPEN);
    if (open === undefined) return true;
    return Array.from({ length: sizes[open] ?? 0 }).some((_, value) => canFill(replaced(row, open, value)));
  };
  return (row) => {
    const key = named.map((parameter) => row[parameter]).join();
    const answer = known.get(key) ?? canFill(row);
    known.set(key, answer);
    return answer;
  };
}
