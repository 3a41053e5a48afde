import { expect, test } from "vitest";
import { placed } from "./labels";

test("a name alone stands where it belongs, within the drawing", () => {
  expect(placed([{ x: 100, y: 50, text: "India" }], 10, 400)).toEqual([{ x: 100, y: 50, text: "India", tx: 100, ty: 53.5 }]);
  expect(placed([{ x: 1, y: 50, text: "India" }], 10, 400)[0]!.tx).toBe(15);
});

test("names never lie on each other; the last gives way, then is left out", () => {
  const at = (text: string) => ({ x: 100, y: 50, text });
  const all = placed([at("India"), at("Nepal"), at("China"), at("Burma")], 10, 400);
  expect(all.map((l) => l.text)).toEqual(["India", "Nepal", "China"]);
  expect(new Set(all.map((l) => l.ty)).size).toBe(3);
});

test("a name that stands off its mark stands below it, else above", () => {
  const at = (text: string) => ({ x: 100, y: 50, text, off: 9 });
  expect(placed([at("India"), at("Nepal")], 10, 400).map((l) => l.ty)).toEqual([69, 38]);
});
