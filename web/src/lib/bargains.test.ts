import { expect, it } from "vitest";
import { bargains } from "./bargains";

const line = (n: number, ...in_return: number[]) => ({ n, in_return });
const numbers = (ls: { n: number }[]) => ls.map((l) => l.n);

it("puts together what is given in return and keeps the rest apart", () => {
  const got = bargains([line(1, 11), line(2), line(3, 12, 13)], [line(11, 1), line(12, 3), line(13), line(14)]);
  expect(got.tied.map((b) => [numbers(b.left), numbers(b.right), b.ties])).toEqual([
    [[1], [11], [[1, 11]]],
    [[3], [12, 13], [[3, 12], [3, 13]]],
  ]);
  expect([numbers(got.rest.left), numbers(got.rest.right)]).toEqual([[2], [14]]);
});

it("joins bargains that share a line and lays ties without crossing where it can", () => {
  const got = bargains([line(1, 11), line(2, 11, 12)], [line(12), line(11)]);
  expect(got.tied.map((b) => [numbers(b.left), numbers(b.right)])).toEqual([[[1, 2], [11, 12]]]);
});

it("lets a tie go whose other end is not shown", () => {
  const got = bargains([line(1, 99)], [line(2)]);
  expect(got.tied).toEqual([]);
  expect(numbers(got.rest.left)).toEqual([1]);
});
