import { expect, it } from "vitest";
import { pairsOf } from "./pairs";

it("adds up both ways of a pair, whichever comes first", () => {
  const dyad = (actor: string, recipient: string, ...quads: number[]) => ({ actor, recipient, events: quads.reduce((a, b) => a + b), quads, intensity: 0 });
  expect(pairsOf([dyad("IND", "PAK", 0, 0, 2, 0), dyad("USA", "PAK", 2, 0, 1, 0), dyad("PAK", "PAK", 9, 0, 0, 0), dyad("PAK", "USA", 1, 1, 0, 0)])).toEqual([
    { a: "USA", b: "PAK", events: 5, quads: [3, 1, 1, 0] },
    { a: "IND", b: "PAK", events: 2, quads: [0, 0, 2, 0] },
  ]);
});
