import { describe, expect, it } from "vitest";
import { settle } from "./margin";

const note = (top: number, height = 20) => ({ top, height });

describe("settle", () => {
  it("leaves notes that have room where they want to be", () => {
    expect(settle([note(0), note(50), note(100)], 4)).toEqual([0, 50, 100]);
  });
  it("pushes what would overlap down", () => {
    expect(settle([note(10), note(10), note(12)], 4)).toEqual([10, 34, 58]);
  });
  it("keeps the chosen note in its place and moves those before it up", () => {
    expect(settle([note(100), note(100), note(100, 200), note(110)], 4, 2)).toEqual([52, 76, 100, 304]);
  });
  it("lets nothing stand above the text", () => {
    expect(settle([note(0), note(0), note(5)], 0, 2)).toEqual([0, 20, 40]);
  });
  it("never overlaps, whatever is wanted", () => {
    let seed = 7;
    const random = (n: number) => (seed = (seed * 16807) % 2147483647) % n;
    for (let run = 0; run < 200; run++) {
      const notes = Array.from({ length: 1 + random(12) }, () => note(random(300), 5 + random(60))).sort((a, b) => a.top - b.top);
      const at = settle(notes, 3, random(notes.length + 1) - 1);
      at.forEach((top, i) => {
        expect(top).toBeGreaterThanOrEqual(0);
        if (i) expect(top).toBeGreaterThanOrEqual(at[i - 1]! + notes[i - 1]!.height + 3);
      });
    }
  });
});
