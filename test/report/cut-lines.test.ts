import { cutLines } from "../../provider/report/cut-lines";

const lines = (sign: string, count: number) => Array.from({ length: count }, (_, at) => `${sign} p${at}`);

test("everything, where there is room", () => {
  expect(cutLines(["+ a", "- b"], 2)).toEqual(["+ a", "- b"]);
});

test("few who leave are never hidden by many who join, and the others are counted by kind", () => {
  const shown = cutLines([...lines("+", 800), ...lines("~", 1_000), ...lines("-", 5)], 200);
  expect(shown).toHaveLength(201);
  expect(shown.filter((line) => line.startsWith("-"))).toHaveLength(5);
  const [joins, changes] = ["+", "~"].map((sign) => shown.filter((line) => line.startsWith(sign)).length);
  expect([joins, changes].sort()).toEqual([97, 98]);
  expect(shown.at(-1)).toMatch(
    /^… and 1605 more: 90[23] who change, 70[23] who join \(`sei-roster plan --all` shows everybody\)$/,
  );
  // In their order.
  expect(
    shown
      .slice(0, -1)
      .map((line) => line[0])
      .join(""),
  ).toMatch(/^\++~+-+$/);
});
