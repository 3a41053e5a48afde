// What is changed in a model's table, as the YAML that the models read: numbers
// edited in cells, and a change written by hand.

export type Field = "position" | "salience";

export interface Edit {
  actor: string;
  issue: string;
  field: Field;
  value: number;
}

/** The edits that an address holds: "PAK.bases.position=30". */
export function editsOf(query: URLSearchParams): Edit[] {
  return [...query.entries()].flatMap(([k, v]) => {
    const [actor, issue, field] = k.split(".");
    if (!actor || !issue || (field !== "position" && field !== "salience") || v === "" || !Number.isFinite(Number(v))) return [];
    return [{ actor, issue, field, value: Number(v) }];
  });
}

const line = (e: Edit, indent: string) => `${indent}- {actor: ${JSON.stringify(e.actor)}, issue: ${JSON.stringify(e.issue)}, ${e.field}: ${e.value}}`;

/** One change of both: the edits stand after what was written, so that they hold. Undefined when nothing is changed. */
export function changeOf(written: string, edits: Edit[]): string | undefined {
  if (!written.trim()) return edits.length ? "title: What was changed\nset:\n" + edits.map((e) => line(e, "  ")).join("\n") + "\n" : undefined;
  if (!edits.length) return written;
  const lines = written.trimEnd().split("\n");
  const head = lines.findIndex((l) => /^set:\s*$/.test(l));
  if (head < 0) return [...lines, "set:", ...edits.map((e) => line(e, "  "))].join("\n") + "\n";
  let last = head;
  for (let i = head + 1; i < lines.length && !/^[^\s#-]/.test(lines[i]!); i++) if (lines[i]!.trim()) last = i;
  const indent = lines.slice(head + 1, last + 1).find((l) => /^\s*- /.test(l))?.match(/^\s*/)?.[0] ?? "  ";
  lines.splice(last + 1, 0, ...edits.map((e) => line(e, indent)));
  return lines.join("\n") + "\n";
}
