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

/** What each status means: how far the act had got by the text. */
export const statuses: Record<string, string> = {
  delivered: "given, as was promised or asked",
  happened: "told as done",
  agreed: "both sides said yes",
  offered: "held out to the other side",
  requested: "asked of the other side",
  planned: "is to come, by the text",
  proposed: "the idea of a writer or commentator, not an act",
  threatened: "held over the other side",
  refused: "the other side said no",
  denied: "said not to be so",
  withheld: "held back",
  reneged: "promised, and the promise broken",
};

/** What each kind of finding compares. */
export const findingKinds: Record<string, string> = {
  "numbers disagree": "the same thing is counted differently",
  "dates disagree": "the same thing is dated differently",
  "two speakers": "one quotation is given to two speakers",
  "tag against prose": "the words after a quotation name another speaker than the sentence before it",
  "status disagrees": "how far one thing got is told differently",
  "roles disagree": "one person is given two ranks or offices",
  "two names": "one person’s name is spelt in two ways",
  "first step": "each side is told as the one that asked or offered first",
  "single source": "one source alone tells it",
  "repeated passage": "a sentence is printed twice in one article",
  reprint: "an article repeats most of another",
  "impossible date": "told as done, on a day after it was published",
};

/** What each type is called where there is room for a word. */
export const typeNames: Record<string, string> = {
  AGREE: "agreement or offer",
  CONSULT: "meeting or talks",
  SUPPORT: "support in words",
  CONCEDE: "concession",
  COOPERATE: "cooperation",
  AID: "aid",
  RETREAT: "release or withdrawal",
  REQUEST: "request or demand",
  ACCUSE: "accusation",
  REJECT: "refusal",
  THREATEN: "threat",
  PROTEST: "protest",
  SANCTION: "sanction",
  MOBILIZE: "show of force",
  COERCE: "coercion",
  ASSAULT: "attack",
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

/** A moment that a person wrote something: 18 June 2025, 14:05 UTC. */
export const moment = (iso: string) => ((at) => `${day(at.slice(0, 10))}, ${at.slice(11, 16)} UTC`)(new Date(iso).toISOString());

/** How long something has lain: 12 days, 5 months, 3 years. */
export const age = (days: number) => (days > 730 ? count(Math.round(days / 365), "year") : days > 60 ? count(Math.round(days / 30.4), "month") : count(days, "day"));

/** A share in per cent; what is nearly nothing or nearly all is not said to be it. */
export function share(v: number): string {
  const n = Math.round(v * 100);
  return n === 0 && v > 1e-9 ? "under 1 %" : n === 100 && v < 1 - 1e-9 ? "over 99 %" : n + " %";
}
export const one = (v: number) => v.toFixed(1);
/** A number with its sign, a true minus, so many digits. */
export function signed(v: number, digits = 2): string {
  const size = Math.abs(v).toFixed(digits);
  return (Number(size) === 0 ? "" : v > 0 ? "+" : "−") + size;
}

/** "a, b and c". */
export const listed = (all: string[]) => (all.length < 2 ? (all[0] ?? "") : all.slice(0, -1).join(", ") + " and " + all.at(-1));

/** What a source says on a point, a date in words. */
export const claim = (says: string) => (/^\d{4}(-\d{2}){0,2}$/.test(says) ? day(says) : says);

/** What the pattern of a field for a date is, as the command line takes dates. */
export const dateShape = { pattern: "\\d{4}(-\\d{2}(-\\d{2})?)?", title: "2025, 2025-06 or 2025-06-18" };

export const count = (n: number, one: string, many = one + "s") => `${n.toLocaleString("en")} ${n === 1 ? one : many}`;
