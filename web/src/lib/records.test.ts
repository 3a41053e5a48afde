import { expect, it } from "vitest";
import type { Schemas } from "./api";
import { changes, difference, inForce, saidOf } from "./records";

const pakistan = { code: "PAK", name: "Pakistan", mention: { start: 0, end: 8 } };

it("says what an amendment changes", () => {
  const was = { type: "ACCUSE", status: "happened", actors: [pakistan], date: "2025" };
  expect(changes(was, { actors: [{ code: "IND", name: "India" }], type: "REJECT", date: null })).toEqual(["who: India IND, not Pakistan PAK", "when: nothing, not 2025", "type: REJECT, not ACCUSE"]);
  expect(changes(was, { status: "happened" })).toEqual([]);
});

it("leaves out of an amendment what stays", () => {
  const read = { type: "ACCUSE", actors: [pakistan], date: "2025-06", sentence: { start: 0, end: 9 } };
  expect(difference(read, { type: "ACCUSE", actors: [pakistan], date: "", reciprocal: false, until: undefined, place: "Lahore" })).toEqual({ date: null, place: "Lahore" });
  expect(difference(read, { type: "REJECT", actors: [] })).toEqual({ type: "REJECT", actors: null });
});

it("takes the word that counts, also when it followed from an earlier reading", () => {
  const c = (number: number, verdict: string, in_force: boolean, record = "e1", now = record) => ({ number, verdict, in_force, record, now }) as unknown as Schemas["CorrectionState"];
  const all = [c(1, "confirmed", false), c(2, "rejected", true), c(3, "confirmed", true, "e0", "e2"), c(4, "withdrawn", false, "e3")];
  expect(inForce(all, "e1")?.number).toBe(2);
  expect(inForce(all, "e2")?.number).toBe(3);
  expect(inForce(all, "e3")).toBeUndefined();
  expect(saidOf(all, "e1").map((x) => x.number)).toEqual([1, 2]);
});
