// Byte offsets of the record (UTF-8) to the browser's UTF-16 units, in one place.

export interface ByteRange {
  start: number;
  end: number;
}

/** Gives for each byte offset of text its index in UTF-16 units. Offsets inside a character give that character's index. */
export function utf16Index(text: string): (byte: number) => number {
  // ASCII texts need no table.
  if (/^[\x00-\x7f]*$/.test(text)) return (b) => b;
  const starts: number[] = [];
  const units: number[] = [];
  let byte = 0;
  let unit = 0;
  for (const c of text) {
    const p = c.codePointAt(0)!;
    const n = p < 0x80 ? 1 : p < 0x800 ? 2 : p < 0x10000 ? 3 : 4;
    if (n > 1) {
      starts.push(byte + n);
      units.push(unit + c.length);
    }
    byte += n;
    unit += c.length;
  }
  return (b) => {
    let lo = 0;
    let hi = starts.length;
    while (lo < hi) {
      const mid = (lo + hi) >> 1;
      if (starts[mid]! <= b) lo = mid + 1;
      else hi = mid;
    }
    return lo === 0 ? b : units[lo - 1]! + (b - starts[lo - 1]!);
  };
}

/** The characters of text under a byte range. */
export function slice(text: string, at: (byte: number) => number, r: ByteRange): string {
  return text.slice(at(r.start), at(r.end));
}

export interface Mark {
  id: string;
  kind: string;
  range: ByteRange;
}

export interface Piece {
  text: string;
  marks: Mark[];
}

/** Cuts a stretch of text at the edges of the marks, so that overlapping marks can each be drawn. */
export function pieces(text: string, at: (byte: number) => number, stretch: ByteRange, marks: Mark[]): Piece[] {
  const within = marks.filter((m) => m.range.start < stretch.end && m.range.end > stretch.start);
  const cuts = new Set([stretch.start, stretch.end]);
  for (const m of within) {
    cuts.add(Math.max(m.range.start, stretch.start));
    cuts.add(Math.min(m.range.end, stretch.end));
  }
  const edges = [...cuts].sort((a, b) => a - b);
  const out: Piece[] = [];
  for (let i = 0; i + 1 < edges.length; i++) {
    const r = { start: edges[i]!, end: edges[i + 1]! };
    out.push({
      text: slice(text, at, r),
      marks: within.filter((m) => m.range.start <= r.start && m.range.end >= r.end),
    });
  }
  return out;
}
