import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { partyReasons, reason, reasons } from "./why";

it("has words for every feature of the reader", () => {
  const go = readFileSync(new URL("../../../coder/event/features.go", import.meta.url), "utf8");
  const names = [...go.matchAll(/f\.add\([^,]+, (?:side\.name\+)?"([^"]+)"/g)].map((m) => m[1]!).flatMap((n) =>
    n.startsWith(" ") ? ["actor" + n, "recipient" + n] : n === "word " ? ["word before", "word middle", "word after"] : [n]);
  expect(names.length).toBeGreaterThan(30);
  const unknown = names.filter((n) => reason(n + ": x y") === n + ": x y" && reason(n) === n);
  expect(unknown).toEqual([]);
});

it("says them as a reader would", () => {
  expect(reason("path: ask")).toBe("“ask” joins the two parties");
  expect(reason("recipient under: call on")).toBe("the recipient belongs to “call on”");
  expect(reason("something new: x")).toBe("something new: x");
});

it("leaves out what spoke against and what says the same", () => {
  expect(reasons([{ feature: "path: ask", weight: 2 }, { feature: "word: no", weight: -1 }, { feature: "path: ask", weight: 1 }])).toEqual(["“ask” joins the two parties"]);
});

it("keeps apart what decided the type and what decided the parties", () => {
  const all = [{ feature: "path: ask", weight: 2 }, { feature: "parties, recipient by: obj", weight: 1 }, { feature: "parties, predicate under: root", weight: 0.5 }];
  expect(reasons(all)).toEqual(["“ask” joins the two parties"]);
  expect(partyReasons(all)).toEqual(["how the recipient hangs on the verb", "where the verb stands in the sentence"]);
});
