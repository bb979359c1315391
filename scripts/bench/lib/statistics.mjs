/** The middle one; of an even number, the upper of the two. */
export function median(/** @type {readonly number[]} */ numbers) {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}

/**
 * The exponent of growth: the slope of a line through log(time) over log(size), by least squares. 1 is linear, 2 is
 * quadratic.
 *
 * @param {readonly (readonly [size: number, time: number])[]} points two at least
 * @example exponent([[1000, 2], [10000, 20]]); // 1
 */
export function exponent(points) {
  const logs = points.map(([size, time]) => /** @type {const} */ ([Math.log(size), Math.log(time)]));
  const mean = (/** @type {0 | 1} */ axis) => logs.reduce((sum, log) => sum + log[axis], 0) / logs.length;
  const [x, y] = [mean(0), mean(1)];
  const above = logs.reduce((sum, [a, b]) => sum + (a - x) * (b - y), 0);
  const below = logs.reduce((sum, [a]) => sum + (a - x) ** 2, 0);
  return above / below;
}
