import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { codeName, codeNameIn, codeOf, dyadName, parties } from "./parties";

const data = (name: string) =>
  readFileSync(new URL("../../../coder/actor/data/" + name, import.meta.url), "utf8")
    .split("\n")
    .filter((l) => l.includes("|") && !l.startsWith("#"))
    .map((l) => l.split("|"));

describe("parties", () => {
  it("names every state as the reader does", () => {
    for (const [code, names] of data("countries.txt")) expect([code, parties[code!]]).toEqual([code, names!.split(";")[0]]);
  });
  it("has no name that the reader lacks", () => {
    const known = new Set([...data("countries.txt").map((f) => f[1]!.split(";")[0]), ...data("bodies.txt").map((f) => f[2]!.split(";")[0]), ...data("branches.txt").map((f) => f[1]!)]);
    expect(Object.values(parties).filter((n) => !known.has(n))).toEqual([]);
  });
  it("says codes in words", () => {
    expect(["USA", "PAKMIL", "CVL", "Wagner", "world liberty financial"].map(codeName)).toEqual(["United States", "Pakistan (military)", "civilians", "Wagner", "World Liberty Financial"]);
  });
  it("puts the article where the language wants one", () => {
    expect(["USA", "USAGOV", "WBK", "PAK", "CVL", "world liberty financial"].map(codeNameIn)).toEqual(["the United States", "the United States (government)", "the World Bank", "Pakistan", "civilians", "World Liberty Financial"]);
    expect(dyadName("USA|PAK")).toBe("The United States and Pakistan");
  });
  it("takes a name for a code", () => {
    expect(["usa", "Pakistan", "the united states", "PAKMIL"].map(codeOf)).toEqual(["USA", "PAK", "USA", "PAKMIL"]);
  });
});
