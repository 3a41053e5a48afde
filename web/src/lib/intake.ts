// Articles on their way in: files that were chosen or dropped, whole folders too, and addresses.

export interface Intake {
  name: string;
  body: () => Promise<Blob>;
}

/** Whether a file of a folder can be read in, by its name. */
export const readable = (name: string) => /\.(txt|md|html?|json|jsonl|pdf)$/i.test(name);

/** The addresses in a text that is nothing else, one a line; none when anything else stands in it. */
export function addressesIn(text: string): string[] {
  const lines = text.split("\n").map((l) => l.trim()).filter(Boolean);
  return lines.every((l) => /^https?:\/\/\S+$/i.test(l)) ? [...new Set(lines)] : [];
}

/** The files of what was dropped, folders opened, in the order of their names; in a folder only those that can be read. */
export async function dropped(data: DataTransfer): Promise<Intake[]> {
  const entries = [...data.items].map((i) => i.webkitGetAsEntry?.()).filter((e) => e !== null && e !== undefined);
  if (!entries.length) return [...data.files].map((f) => ({ name: f.name, body: async () => f }));
  const out: Intake[] = [];
  for (const e of entries) await walk(e, false, out);
  return out;
}

async function walk(entry: FileSystemEntry, inFolder: boolean, out: Intake[]): Promise<void> {
  if (entry.isFile) {
    if (inFolder && !readable(entry.name)) return;
    out.push({ name: entry.name, body: () => new Promise<File>((done, failed) => (entry as FileSystemFileEntry).file(done, failed)) });
    return;
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const within: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((done, failed) => reader.readEntries(done, failed)); // 100 at most
    if (!some.length) break;
    within.push(...some);
  }
  for (const e of within.sort((a, b) => a.name.localeCompare(b.name))) await walk(e, true, out);
}
