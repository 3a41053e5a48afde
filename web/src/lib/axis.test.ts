import { expect, test } from "vitest";
import { axisOf } from "./axis";

const runs = (...lengths: [has: boolean, n: number][]) => lengths.flatMap(([has, n]) => Array<boolean>(n).fill(has));

test("periods have the same room when no silence is long", () => {
  const { edges, silences } = axisOf(runs([true, 1], [false, 8], [true, 1]));
  expect(silences).toEqual([]);
  expect(edges.map((e) => Math.round(e * 10))).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
});

test("a long silence is drawn short, and everything after it stands in order", () => {
  const { edges, silences } = axisOf(runs([true, 1], [false, 279], [true, 6]));
  expect(silences).toEqual([{ from: 1, to: 280 }]);
  expect(edges[1]).toBeCloseTo(0.1);
  expect(edges[280]).toBeCloseTo(0.4);
  expect(edges).toHaveLength(287);
  expect(edges.every((e, i) => i === 0 || e > edges[i - 1]!)).toBe(true);
  expect(edges.at(-1)).toBeCloseTo(1);
});

test("nothing at all has an axis too", () => {
  expect(axisOf([])).toEqual({ edges: [0], silences: [] });
});
