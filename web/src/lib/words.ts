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
  return listed(names) || "—";
}

/** Each status has a shape of its own, so that colour is never the only sign. */
export const shapes: Record<string, string> = {
  delivered: "◆",
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

/** Each type in a word or two, as the codebook means it. */
export const types: Record<string, string> = {
  AGREE: "agree, offer, promise to cooperate",
  CONSULT: "meet, visit, call, negotiate",
  SUPPORT: "praise, endorse, recognise, sign",
  CONCEDE: "give way in words or law",
  COOPERATE: "do something material together",
  AID: "give money, arms, training, relief",
  RETREAT: "give way in deed: free, withdraw, hand over",
  REQUEST: "demand, order, appeal",
  ACCUSE: "criticise, blame, sue, investigate",
  REJECT: "refuse, veto, defy",
  THREATEN: "threaten, warn, give an ultimatum",
  PROTEST: "demonstrate, strike, boycott",
  SANCTION: "cut aid, trade or ties; expel; embargo",
  MOBILIZE: "move, raise or show force",
  COERCE: "seize, arrest, ban, repress",
  ASSAULT: "attack, kill, use force",
};

const words: ReadonlySet<string> = new Set(["AGREE", "CONSULT", "SUPPORT", "CONCEDE", "REQUEST", "ACCUSE", "REJECT", "THREATEN"]);
const against: ReadonlySet<string> = new Set(["REQUEST", "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"]);

/** Whether a type is a word or a deed, and for or against: its quad class. */
export const quad = (type: string) => ({ words: words.has(type), against: against.has(type) });

/** What a person's verdict looks like beside a record. */
export const verdictShapes: Record<string, string> = { confirmed: "✓", rejected: "✕", amended: "✎", withdrawn: "↶" };

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

/** How long something has lain: 12 days, 5 months, 3 years. */
export const age = (days: number) => (days > 730 ? count(Math.round(days / 365), "year") : days > 60 ? count(Math.round(days / 30.4), "month") : count(days, "day"));

export const share = (v: number) => Math.round(v * 100) + " %";
export const one = (v: number) => v.toFixed(1);
/** A number with its sign, a true minus, so many digits. */
export const signed = (v: number, digits = 2) => (v > 0 ? "+" : v < 0 ? "−" : "") + Math.abs(v).toFixed(digits);

/** "a, b and c". */
export const listed = (all: string[]) => (all.length < 2 ? (all[0] ?? "") : all.slice(0, -1).join(", ") + " and " + all.at(-1));

/** What a source says on a point, a date in words. */
export const claim = (says: string) => (/^\d{4}(-\d{2}){0,2}$/.test(says) ? day(says) : says);

/** What the pattern of a field for a date is, as the command line takes dates. */
export const dateShape = { pattern: "\\d{4}(-\\d{2}(-\\d{2})?)?", title: "2025, 2025-06 or 2025-06-18" };

export const count = (n: number, one: string, many = one + "s") => `${n.toLocaleString("en")} ${n === 1 ? one : many}`;
