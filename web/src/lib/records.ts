// The records of one article as the reader view shows them: one list, in the
// order of the text, whatever their kind.
import type { Schemas } from "./api";
import type { ByteRange } from "./text";
import { partyNames, shapes } from "./words";

export type AnyRecord = { id: string; at: ByteRange; sign: string; type: string; line: string } & (
  | { kind: "event"; record: Schemas["Event"]; read: Schemas["Event"] } // as it stands by what people said, and as it was read
  | { kind: "quote"; record: Schemas["Quote"]; read: Schemas["Quote"] }
  | { kind: "figure"; record: Schemas["Figure"]; read: Schemas["Figure"] }
  | { kind: "forecast"; record: Schemas["Forecast"]; read: Schemas["Forecast"] }
);

export type RecordKind = AnyRecord["kind"];

/** The records of a reading, rejected ones too, each with the words that name it in the margin. */
export function recordsOf(reading: Schemas["Reading"] | undefined, corrected: Schemas["Reading"] | undefined, words: (r: ByteRange) => string): AnyRecord[] {
  if (!reading) return [];
  const stands = new Map<string, unknown>();
  for (const all of [corrected?.events, corrected?.quotes, corrected?.figures, corrected?.forecasts]) for (const r of all ?? []) stands.set(r.id, r);
  const now = <T extends { id: string }>(read: T) => (stands.get(read.id) ?? read) as T;
  const out: AnyRecord[] = [
    ...(reading.events ?? []).map((read) => {
      const e = now(read);
      const whom = e.recipients?.length ? (e.reciprocal ? " ↔ " : " → ") + partyNames(e.recipients) : "";
      return { kind: "event" as const, id: e.id, at: e.trigger, sign: shapes[e.status] ?? "", type: e.type, line: partyNames(e.actors) + whom, record: e, read };
    }),
    ...(reading.quotes ?? []).map((read) => {
      const q = now(read);
      return { kind: "quote" as const, id: q.id, at: q.text, sign: "“", type: "quote", line: q.speaker.name || "nobody named", record: q, read };
    }),
    ...(reading.figures ?? []).map((read) => {
      const f = now(read);
      return { kind: "figure" as const, id: f.id, at: f.value, sign: "#", type: "figure", line: `${words(f.value)} ${words(f.of)}`.trim(), record: f, read };
    }),
    ...(reading.forecasts ?? []).map((read) => {
      const f = now(read);
      return { kind: "forecast" as const, id: f.id, at: f.about, sign: "↗", type: f.advice ? "advice" : "forecast", line: f.holder.name && f.holder.name !== "author" ? f.holder.name : "the writer", record: f, read };
    }),
  ];
  return out.sort((a, b) => a.at.start - b.at.start || a.at.end - b.at.end || a.id.localeCompare(b.id));
}

type Said = Schemas["CorrectionState"];

/** What was said of a record: of itself, or of one of an earlier reading that it has taken the place of. */
export const saidOf = (corrections: Said[], record: string) => corrections.filter((c) => c.record === record || c.now === record);

/** The correction that counts for a record, if one does. */
export const inForce = (corrections: Said[], record: string) => saidOf(corrections, record).findLast((c) => c.in_force && c.verdict !== "withdrawn");

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

/** What an amendment says otherwise than the record: those fields alone, null for what is emptied. */
export function difference(read: object, wanted: Record<string, unknown>): Plain {
  const was = read as Plain;
  const blank = (v: unknown) => v === undefined || v === null || v === "" || v === false || (Array.isArray(v) && !v.length);
  return Object.fromEntries(Object.entries(wanted).filter(([k, v]) => !(blank(v) && blank(was[k])) && JSON.stringify(v) !== JSON.stringify(was[k])).map(([k, v]) => [k, blank(v) ? null : v]));
}

/** What an amendment changes, in words: "type: ACCUSE, not REJECT". */
export function changes(was: unknown, amendment: unknown): string[] {
  const a = (was ?? {}) as Plain;
  const b = (amendment ?? {}) as Plain;
  const out: string[] = [];
  for (const [k, name] of Object.entries(names)) {
    if (!(k in b)) continue; // what an amendment leaves out stays
    if (JSON.stringify(a[k]) === JSON.stringify(b[k])) continue;
    const [now, then] = [say(b[k]), say(a[k])];
    if (now !== then) out.push(`${name}: ${now}, not ${then}`);
  }
  return out;
}
