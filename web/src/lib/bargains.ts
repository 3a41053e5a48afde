// Puts the lines of a ledger in bargains: what hangs together by being given in
// return stands together.

export interface Line {
  n: number;
  in_return?: number[] | null;
}

export interface Bargain<L> {
  left: L[];
  right: L[];
  ties: [left: number, right: number][]; // numbers of lines
}

/** The bargains in the order of their first line; last, in one more, the lines that nothing is given for. */
export function bargains<L extends Line>(left: L[], right: L[]): { tied: Bargain<L>[]; rest: Bargain<L> } {
  const isLeft = new Set(left.map((l) => l.n));
  const byNumber = new Map([...left, ...right].map((l) => [l.n, l]));
  const neighbours = new Map<number, Set<number>>();
  const ties: [number, number][] = [];
  for (const l of byNumber.values())
    for (const n of l.in_return ?? []) {
      if (!byNumber.has(n) || isLeft.has(n) === isLeft.has(l.n)) continue; // its partner is filtered away
      if (!neighbours.get(l.n)?.has(n)) ties.push(isLeft.has(l.n) ? [l.n, n] : [n, l.n]);
      for (const [a, b] of [[l.n, n], [n, l.n]] as const) neighbours.set(a, (neighbours.get(a) ?? new Set()).add(b));
    }
  const seen = new Set<number>();
  const tied: Bargain<L>[] = [];
  for (const start of [...left, ...right]) {
    if (seen.has(start.n) || !neighbours.has(start.n)) continue;
    const group = new Set<number>([start.n]);
    for (const n of group) for (const m of neighbours.get(n)!) group.add(m); // grows while it is walked
    for (const n of group) seen.add(n);
    const at = new Map(left.filter((l) => group.has(l.n)).map((l, i) => [l.n, i]));
    // Each line on the right stands near what it is tied to, so that ties cross little.
    const middle = (l: L) => [...neighbours.get(l.n)!].reduce((s, n) => s + at.get(n)!, 0) / neighbours.get(l.n)!.size;
    tied.push({
      left: left.filter((l) => group.has(l.n)),
      right: right.filter((l) => group.has(l.n)).map((l) => [middle(l), l] as const).sort((p, q) => p[0] - q[0]).map(([, l]) => l),
      ties: ties.filter(([a]) => group.has(a)),
    });
  }
  return { tied, rest: { left: left.filter((l) => !seen.has(l.n)), right: right.filter((l) => !seen.has(l.n)), ties: [] } };
}
