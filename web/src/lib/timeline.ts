// The time line of a relation: periods as stretches of a drawing, and a choice
// of periods as dates.

export type Unit = "day" | "week" | "month" | "year";

const dayMs = 864e5;
const iso = (t: number) => new Date(t).toISOString().slice(0, 10);

/** The first day of a date that may be a month or a year, in milliseconds. */
export const firstDay = (d: string) => Date.parse(d.length === 4 ? d + "-01-01" : d.length === 7 ? d + "-01" : d);

/** The first day after a date that may be a month or a year, in milliseconds. */
export function dayAfter(d: string): number {
  const t = new Date(firstDay(d));
  if (d.length === 4) t.setUTCFullYear(t.getUTCFullYear() + 1);
  else if (d.length === 7) t.setUTCMonth(t.getUTCMonth() + 1);
  else t.setUTCDate(t.getUTCDate() + 1);
  return t.getTime();
}

/** The first day after the period that begins at start. */
export function endOf(start: string, by: Unit): number {
  if (by === "week") return firstDay(start) + 7 * dayMs;
  if (by === "day") return firstDay(start) + dayMs;
  return dayAfter(by === "year" ? start.slice(0, 4) : start.slice(0, 7));
}

/** The address of the periods from lo to hi: since and until, as short as they can be said. */
export function spanOf(starts: string[], by: Unit, lo: number, hi: number): { since: string; until: string } {
  const [a, b] = [starts[Math.min(lo, hi)]!, starts[Math.max(lo, hi)]!];
  const cut = by === "year" ? 4 : by === "month" ? 7 : 10;
  return { since: a.slice(0, cut), until: by === "week" ? iso(endOf(b, by) - dayMs) : b.slice(0, cut) };
}

/** Which periods a span covers, in part or whole; undefined when none. */
export function covered(starts: string[], by: Unit, since: string, until: string): [number, number] | undefined {
  const lo = since ? starts.findIndex((s) => endOf(s, by) > firstDay(since)) : 0;
  const hi = until ? starts.findLastIndex((s) => firstDay(s) < dayAfter(until)) : starts.length - 1;
  return lo >= 0 && hi >= lo ? [lo, hi] : undefined;
}

/** The span of the same length before (-1) or after (+1) one that is a year, a quarter, a month or any run of days. */
export function shifted(since: string, until: string, by: 1 | -1): { since: string; until: string } {
  const a = new Date(firstDay(since));
  const b = new Date(dayAfter(until));
  const months = (b.getUTCFullYear() - a.getUTCFullYear()) * 12 + b.getUTCMonth() - a.getUTCMonth();
  if (a.getUTCDate() === 1 && b.getUTCDate() === 1 && months > 0) {
    const month = (d: Date, n: number) => iso(Date.UTC(d.getUTCFullYear(), d.getUTCMonth() + n, 1)).slice(0, 7);
    const [s, u] = [month(a, by * months), month(b, by * months - 1)];
    return months % 12 === 0 && s.endsWith("-01") ? { since: s.slice(0, 4), until: u.slice(0, 4) } : { since: s, until: u };
  }
  const days = b.getTime() - a.getTime();
  return { since: iso(a.getTime() + by * days), until: iso(b.getTime() + by * days - dayMs) };
}
