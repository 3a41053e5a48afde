// The records of one article as the reader view shows them: one list, in the
// order of the text, whatever their kind.
import type { Schemas } from "./api";
import type { ByteRange } from "./text";
import { partyNames, quad, shapes } from "./words";

export type AnyRecord = { id: string; at: ByteRange; sign: string; type: string; line: string } & (
  | { kind: "event"; record: Schemas["Event"] }
  | { kind: "quote"; record: Schemas["Quote"] }
  | { kind: "figure"; record: Schemas["Figure"] }
  | { kind: "forecast"; record: Schemas["Forecast"] }
);

export type RecordKind = AnyRecord["kind"];

/** The records of a reading, each with the words that name it in the margin. */
export function recordsOf(reading: Schemas["Reading"] | undefined, words: (r: ByteRange) => string): AnyRecord[] {
  if (!reading) return [];
  const out: AnyRecord[] = [
    ...(reading.events ?? []).map((e) => ({
      kind: "event" as const, id: e.id, at: e.trigger, sign: shapes[e.status] ?? "", type: e.type,
      line: partyNames(e.actors) + (e.recipients?.length ? (e.reciprocal ? " ↔ " : " → ") + partyNames(e.recipients) : ""), record: e,
    })),
    ...(reading.quotes ?? []).map((q) => ({ kind: "quote" as const, id: q.id, at: q.text, sign: "“", type: "quote", line: q.speaker.name || "nobody named", record: q })),
    ...(reading.figures ?? []).map((f) => ({ kind: "figure" as const, id: f.id, at: f.value, sign: "#", type: "figure", line: `${words(f.value)} ${words(f.of)}`.trim(), record: f })),
    ...(reading.forecasts ?? []).map((f) => ({ kind: "forecast" as const, id: f.id, at: f.about, sign: "↗", type: f.advice ? "advice" : "forecast", line: f.holder.name && f.holder.name !== "author" ? f.holder.name : "the writer", record: f })),
  ];
  return out.sort((a, b) => a.at.start - b.at.start || a.at.end - b.at.end || a.id.localeCompare(b.id));
}

/** The parties' side of the ledger, for the colour of a mark: hostile acts are never told by colour alone. */
export const isAgainst = (r: AnyRecord) => r.kind === "event" && quad(r.record.type).against;

/** What people's word on a record comes to: the last verdict that was not taken back. */
export function standing(corrections: Schemas["Correction"][], record: string): Schemas["Correction"] | undefined {
  const withdrawn = new Set(corrections.map((c) => c.withdraws).filter(Boolean));
  return corrections.filter((c) => c.record === record && c.verdict !== "withdrawn" && !withdrawn.has(c.number)).at(-1);
}

type Plain = Record<string, unknown>;

const names: Record<string, string> = {
  actors: "who", recipients: "to whom", reciprocal: "both ways", date: "when", until: "until", place: "where", speaker: "speaker", number: "number", unit: "unit",
  holder: "holder", strength: "how sure", horizon: "by", advice: "advice", type: "type", status: "status", good: "good", attribution: "says", to: "to", approximate: "how exact",
};

function say(v: unknown): string {
  if (v === undefined || v === null || v === "") return "nothing";
  if (Array.isArray(v)) return v.map(say).join(", ") || "nobody";
  if (typeof v === "object") {
    const o = v as Plain;
    if ("code" in o || "name" in o) return [o.name, o.code].filter(Boolean).join(" ");
    if ("kind" in o) return [o.kind, o.status].filter(Boolean).join(", ");
    return JSON.stringify(v);
  }
  return String(v);
}

/** What an amendment changes, in words: "type: ACCUSE, not REJECT". */
export function changes(was: unknown, amendment: unknown): string[] {
  const a = (was ?? {}) as Plain;
  const b = (amendment ?? {}) as Plain;
  const out: string[] = [];
  for (const [k, name] of Object.entries(names)) {
    if (!(k in b) && !(k in a)) continue;
    if (JSON.stringify(a[k]) === JSON.stringify(b[k])) continue;
    const [now, then] = [say(b[k]), say(a[k])];
    if (now !== then) out.push(`${name}: ${now}, not ${then}`);
  }
  return out;
}
