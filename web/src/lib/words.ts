// How the record's words are shown: names of parties, shapes of statuses.
import type { Schemas } from "./api";

type Party = Schemas["Party"];
type Attribution = Schemas["Attribution"];

/** A party's name; its code alone when it has none. */
export function partyName(p: Party | undefined): string {
  return p?.name || p?.code || "someone";
}

/** The parties of one side, joined as in a sentence. */
export function partyNames(ps: Party[] | null | undefined): string {
  const names = [...new Set((ps ?? []).map(partyName))];
  if (names.length === 0) return "—";
  if (names.length === 1) return names[0]!;
  return names.slice(0, -1).join(", ") + " and " + names.at(-1);
}

/** Each status has a shape of its own, so that colour is never the only sign. */
export const shapes: Record<string, string> = {
  delivered: "●",
  happened: "●",
  agreed: "◐",
  offered: "○",
  requested: "△",
  planned: "◇",
  proposed: "◌",
  threatened: "▲",
  refused: "✕",
  denied: "∅",
  withheld: "⊘",
  reneged: "↯",
};

/** Who says so, from the article inward; the writer when nobody else does. */
export function chain(a: Attribution[] | null | undefined): string {
  if (!a?.length) return "the writer";
  return a.map((v) => v.name || v.kind).join(", citing ");
}

/** An event in one line: who, what, to whom. */
export function eventLine(e: Schemas["Event"]): string {
  const to = e.recipients?.length ? (e.reciprocal ? " ↔ " : " → ") + partyNames(e.recipients) : "";
  return partyNames(e.actors) + to;
}

const months = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

/** A date as exact as it is known: 18 June 2025, June 2025, 2025. */
export function day(iso: string | undefined): string {
  if (!iso) return "";
  const [y, m, d] = iso.split("-").map(Number);
  return [d, m ? months[m - 1] : undefined, y].filter(Boolean).join(" ");
}

export const count = (n: number, one: string, many = one + "s") => `${n.toLocaleString("en")} ${n === 1 ? one : many}`;
