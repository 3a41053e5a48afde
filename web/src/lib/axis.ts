// The axis of a time line whose long silences are drawn short: what was reported
// has the room.

export interface Axis {
  edges: number[]; // of the periods, one more than there are, from 0 to 1
  silences: { from: number; to: number }[]; // runs of periods that are drawn short: the first and the first after
}

const long = 8; // periods without a report that are drawn at their length
const short = 3; // how many periods' room a longer silence has

/** The axis of periods, each told whether it has reports. */
export function axisOf(reports: boolean[]): Axis {
  const room: number[] = reports.map(() => 1);
  const silences: Axis["silences"] = [];
  for (let from = 0; from < reports.length; ) {
    let to = from;
    while (to < reports.length && !reports[to]) to++;
    if (to - from > long) {
      room.fill(short / (to - from), from, to);
      silences.push({ from, to });
    }
    from = Math.max(to, from + 1);
  }
  const edges = [0];
  for (const r of room) edges.push(edges.at(-1)! + r);
  const all = edges.at(-1) || 1;
  return { edges: edges.map((e) => e / all), silences };
}
