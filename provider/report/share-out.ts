/**
 * Shares room among parts of which each needs so much: whoever needs less than an equal share leaves the rest to the
 * others, so that ten thousand who join never hide the five who leave.
 *
 * @example
 * shareOut([10, 500, 500], 210); // [10, 100, 100]
 */
export function shareOut(needs: readonly number[], room: number): readonly number[] {
  const shares = needs.map(() => 0);
  const order = needs.map((need, index) => ({ need, index })).sort((a, b) => a.need - b.need);
  let left = Math.max(0, room);
  order.forEach(({ need, index }, done) => {
    const share = Math.min(need, Math.floor(left / (order.length - done)));
    shares[index] = share;
    left -= share;
  });
  return shares;
}
