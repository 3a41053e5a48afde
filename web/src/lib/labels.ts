// Where the names of a drawing stand: near what they name, never over each other.

export interface Label {
  x: number; // of what is named
  y: number;
  text: string;
  off?: number; // how far from the middle a name may stand that cannot stand on it; 0 when it can
}

const perLetter = 0.6; // of the size: the width of a letter of the page's sans, bold

/** The labels that have room, each with the middle of its text's base line; earlier ones first. One that is to stand within 0 and width is kept there. */
export function placed(labels: Label[], size: number, width: number): (Label & { tx: number; ty: number })[] {
  const taken: [number, number, number, number][] = [];
  const out: (Label & { tx: number; ty: number })[] = [];
  for (const l of labels) {
    const w = l.text.length * size * perLetter;
    const off = l.off ?? 0;
    const places = off ? [off + size, -off - size * 0.3] : [size * 0.35, size * 1.4, -size * 0.7];
    for (const dy of places) {
      const tx = Math.min(width - w / 2, Math.max(w / 2, l.x));
      const ty = l.y + dy;
      const box: (typeof taken)[number] = [tx - w / 2, ty - size * 0.8, tx + w / 2, ty + size * 0.25];
      if (taken.some((t) => t[0] < box[2] && box[0] < t[2] && t[1] < box[3] && box[1] < t[3])) continue;
      taken.push(box);
      out.push({ ...l, tx, ty });
      break;
    }
  }
  return out;
}
