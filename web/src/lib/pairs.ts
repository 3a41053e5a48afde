// Dyads go one way; a pair has both ways together.
import type { Schemas } from "./api";

export interface Pair {
  a: string;
  b: string;
  events: number;
  quads: number[]; // words for, deeds for, words against, deeds against
}

/** The pairs of dyads, the busiest first. What a party does to itself is no relation. */
export function pairsOf(dyads: Schemas["DyadRow"][] | null | undefined): Pair[] {
  const by = new Map<string, Pair>();
  for (const d of dyads ?? []) {
    if (d.actor === d.recipient) continue;
    const key = [d.actor, d.recipient].sort().join(" ");
    const p = by.get(key) ?? { a: d.actor, b: d.recipient, events: 0, quads: [0, 0, 0, 0] };
    p.events += d.events;
    (d.quads ?? []).forEach((n, i) => (p.quads[i]! += n));
    by.set(key, p);
  }
  return [...by.values()].sort((p, q) => q.events - p.events);
}
