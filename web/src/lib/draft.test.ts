import { expect, it } from "vitest";
import type { Schemas } from "./api";
import { filled, gaps } from "./draft";

const known = (value: number) => ({ value, known: true });
const ranged = (value: number, low: number, high: number) => ({ value, low, high, known: true, ranged: true });
const unknown = { value: 0, known: false };
const table = {
  pairs: "listed",
  actors: [{ id: "USA", capability: unknown }, { id: "PAK", capability: known(2) }],
  issues: [{ id: "arms", lower: 0, upper: 100 }],
  cells: [{ actor: "USA", issue: "arms", position: ranged(55, 35, 70), salience: unknown }],
  propensities: [{ a: "USA", b: "PAK", value: unknown }],
} as unknown as Schemas["ModelTable"];

it("lists what the record does not show", () => {
  expect(gaps(table).map((g) => g.key)).toEqual(["USA.capability", "USA.arms.salience", "USA~PAK"]);
});

it("takes what is given and counts what is missing", () => {
  const got = filled(table, (key) => ({ "USA.capability": "54" })[key], false);
  expect(got.missing).toBe(2);
  expect(JSON.parse(got.text)).toMatchObject({ actors: [{ capability: 54 }, { capability: 2 }], cells: [{ position: "55 (35..70)", salience: "?" }], propensities: [{ value: "?" }] });
});

it("gives the rest its widest range when asked", () => {
  const got = filled(table, (key) => (key === "USA~PAK" ? "0.3" : undefined), true);
  expect(got.missing).toBe(0);
  expect(JSON.parse(got.text)).toMatchObject({ actors: [{ capability: "1" }, {}], cells: [{ salience: "0.5 (0.05..0.95)" }], propensities: [{ value: 0.3 }] });
});
