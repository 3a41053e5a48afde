// A table proposed from the record: numbers that the record does not show are
// unknown, and a person gives them before the models take the table.
import type { Schemas } from "./api";

type Table = Schemas["ModelTable"];
type Num = Schemas["ModelNumber"] | undefined;

export interface Gap {
  key: string; // in the address: "USA.capability", "USA.arms.position", "USA~PAK"
  widest: string; // the number when nothing at all is known
}

/** The widest that a number can be, for draws to go through. */
const widest = { capability: "1", position: "50 (0..100)", salience: "0.5 (0.05..0.95)", tie: "0 (-1..1)" };

export const tieKey = (a: string, b: string) => `${a}~${b}`;

/** The numbers that have to be given, in the order of the table. */
export function gaps(t: Table): Gap[] {
  const out: Gap[] = [];
  for (const a of t.actors ?? []) if (!a.capability?.known) out.push({ key: `${a.id}.capability`, widest: widest.capability });
  for (const c of t.cells ?? [])
    for (const f of ["position", "salience"] as const) if (!c[f].known) out.push({ key: `${c.actor}.${c.issue}.${f}`, widest: widest[f] });
  for (const p of t.propensities ?? []) if (!p.value.known) out.push({ key: tieKey(p.a, p.b), widest: widest.tie });
  return out;
}

const number = (n: Num) => (!n?.known ? "?" : n.ranged ? `${n.value} (${n.low}..${n.high})` : n.value);

/** The table with what was given, as the models read it; and how many numbers are still missing. */
export function filled(t: Table, given: (key: string) => string | undefined, even: boolean): { text: string; missing: number } {
  const open = new Map(gaps(t).map((g) => [g.key, g]));
  let missing = 0;
  const of = (key: string, n: Num) => {
    const gap = open.get(key);
    if (!gap) return number(n);
    const g = given(key);
    if (g) return Number(g);
    if (even) return gap.widest;
    missing++;
    return "?";
  };
  const table = {
    title: t.title || undefined,
    pairs: t.pairs || undefined,
    actors: (t.actors ?? []).map((a) => ({ id: a.id, name: a.name || undefined, capability: of(`${a.id}.capability`, a.capability) })),
    issues: (t.issues ?? []).map((i) => ({ id: i.id, name: i.name || undefined, scale: [i.lower, i.upper], low: i.low || undefined, high: i.high || undefined })),
    cells: (t.cells ?? []).map((c) => ({
      actor: c.actor, issue: c.issue, position: of(`${c.actor}.${c.issue}.position`, c.position), salience: of(`${c.actor}.${c.issue}.salience`, c.salience), source: c.source || undefined,
    })),
    propensities: (t.propensities ?? []).map((p) => ({ a: p.a, b: p.b, value: of(tieKey(p.a, p.b), p.value), source: p.source || undefined })),
  };
  return { text: JSON.stringify(table), missing };
}
