import { expect, it } from "vitest";
import type { Schemas } from "./api";
import { changes, standing } from "./records";

it("says what an amendment changes", () => {
  const was = { type: "ACCUSE", status: "happened", actors: [{ code: "PAK", name: "Pakistan", mention: { start: 0, end: 8 } }] };
  expect(changes(was, { ...was, type: "REJECT", actors: [{ code: "IND", name: "India" }] })).toEqual(["who: India IND, not Pakistan PAK", "type: REJECT, not ACCUSE"]);
  expect(changes(was, was)).toEqual([]);
  expect(changes(was, { ...was, date: "2025-06" })).toEqual(["when: 2025-06, not nothing"]);
});

it("takes the last word that was not taken back", () => {
  const c = (number: number, verdict: string, withdraws = 0) => ({ number, verdict, withdraws, record: "e1" }) as unknown as Schemas["Correction"];
  expect(standing([c(1, "confirmed"), c(2, "rejected")], "e1")?.verdict).toBe("rejected");
  expect(standing([c(1, "confirmed"), c(2, "rejected"), c(3, "withdrawn", 2)], "e1")?.verdict).toBe("confirmed");
  expect(standing([c(1, "confirmed"), c(2, "withdrawn", 1)], "e1")).toBeUndefined();
});
