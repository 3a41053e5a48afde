import { describe, expect, it } from "vitest";
import { covered, dayAfter, endOf, firstDay, shifted, spanOf } from "./timeline";

const months = ["2024-11-01", "2024-12-01", "2025-01-01", "2025-02-01"];

describe("time line", () => {
  it("knows where dates of any exactness begin and end", () => {
    expect(new Date(dayAfter("2024-02")).toISOString()).toMatch(/^2024-03-01/);
    expect(new Date(dayAfter("2024")).toISOString()).toMatch(/^2025-01-01/);
    expect(new Date(firstDay("2024")).toISOString()).toMatch(/^2024-01-01/);
    expect(new Date(endOf("2024-12-30", "week")).toISOString()).toMatch(/^2025-01-06/);
  });
  it("says a choice of periods as an address and finds it again", () => {
    for (const [by, starts] of [["month", months], ["week", ["2024-12-30", "2025-01-06", "2025-01-13"]], ["year", ["2023-01-01", "2024-01-01"]], ["day", ["2025-03-01", "2025-03-02"]]] as const) {
      for (let lo = 0; lo < starts.length; lo++)
        for (let hi = lo; hi < starts.length; hi++) {
          const s = spanOf([...starts], by, hi, lo);
          expect(covered([...starts], by, s.since, s.until)).toEqual([lo, hi]);
        }
    }
    expect(spanOf(months, "month", 1, 2)).toEqual({ since: "2024-12", until: "2025-01" });
  });
  it("covers nothing outside", () => {
    expect(covered(months, "month", "2026", "")).toBeUndefined();
    expect(covered(months, "month", "", "2023")).toBeUndefined();
  });
  it("steps to the span before and after", () => {
    expect(shifted("2024", "2024", 1)).toEqual({ since: "2025", until: "2025" });
    expect(shifted("2024-10", "2024-12", 1)).toEqual({ since: "2025-01", until: "2025-03" });
    expect(shifted("2025-03", "2025-03", -1)).toEqual({ since: "2025-02", until: "2025-02" });
    expect(shifted("2025-03-10", "2025-03-16", 1)).toEqual({ since: "2025-03-17", until: "2025-03-23" });
  });
});
