import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { findingKinds, moment, share, shapes, signed, statuses, typeNames, types } from "./words";

test("a share that is nearly nothing or nearly all is not said to be it", () => {
  expect([0, 0.0004, 0.004, 0.006, 0.5, 0.996, 0.9999, 1].map(share)).toEqual(["0 %", "under 1 %", "under 1 %", "1 %", "50 %", "over 99 %", "over 99 %", "100 %"]);
});

test("nothing has no sign", () => {
  expect([-0.001, 0.004, -0.006, 0.25].map((v) => signed(v))).toEqual(["0.00", "0.00", "−0.01", "+0.25"]);
});

test("a moment is a day and a time with its zone", () => {
  expect(moment("2025-06-18T16:05:09.123+02:00")).toBe("18 June 2025, 14:05 UTC");
});

test("every status, type and kind of finding is explained", () => {
  expect(Object.keys(statuses)).toEqual(Object.keys(shapes));
  expect(Object.keys(typeNames)).toEqual(Object.keys(types));
  const go = readFileSync(new URL("../../../docs/collation.md", import.meta.url), "utf8");
  const kinds = [...go.matchAll(/^\| ([a-z ]+) \| .{20,}/gm)].map((m) => m[1]!).filter((k) => k !== "kind");
  expect(Object.keys(findingKinds).sort()).toEqual(kinds.sort());
});
