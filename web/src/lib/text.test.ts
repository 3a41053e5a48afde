import { describe, expect, it } from "vitest";
import { pieces, slice, utf16Index } from "./text";

const bytes = (s: string) => new TextEncoder().encode(s);

describe("utf16Index", () => {
  for (const text of ["plain", "“curly” – dash", "naïve 🏛 café", ""]) {
    it(`agrees with the encoder on ${JSON.stringify(text)}`, () => {
      const at = utf16Index(text);
      let b = 0;
      let u = 0;
      for (const c of text) {
        expect(at(b)).toBe(u);
        b += bytes(c).length;
        u += c.length;
      }
      expect(at(b)).toBe(text.length);
    });
  }
});

describe("pieces", () => {
  it("cuts at the edges of overlapping marks and loses nothing", () => {
    const text = "Karthia “warned” Belmora.";
    const at = utf16Index(text);
    const whole = { start: 0, end: bytes(text).length };
    const marks = [
      { id: "a", kind: "event", range: { start: 0, end: 18 } },
      { id: "b", kind: "quote", range: { start: 11, end: 17 } },
    ];
    const got = pieces(text, at, whole, marks);
    expect(got.map((p) => p.text).join("")).toBe(text);
    expect(got.find((p) => p.text === "warned")?.marks.map((m) => m.id)).toEqual(["a", "b"]);
    expect(slice(text, at, { start: 11, end: 17 })).toBe("warned");
  });
});
