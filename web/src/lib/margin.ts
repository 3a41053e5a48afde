// Where the notes of a margin stand: beside what they name, never over each other.

export interface Note {
  top: number; // where it would stand if it were alone
  height: number;
}

/** Gives each note its place, in the order given (by wanted place). The kept note stands where it wants to; those before it
 * give way upward, those after it downward, and nothing stands above 0. */
export function settle(notes: Note[], gap: number, kept = -1): number[] {
  const at = notes.map((n) => n.top);
  const first = Math.max(0, kept);
  for (let i = first + 1; i < notes.length; i++) at[i] = Math.max(at[i]!, at[i - 1]! + notes[i - 1]!.height + gap);
  for (let i = first - 1; i >= 0; i--) at[i] = Math.min(at[i]!, at[i + 1]! - notes[i]!.height - gap);
  // The upward pass may have run out of room; then all move down.
  let floor = 0;
  for (let i = 0; i < notes.length; i++) {
    at[i] = Math.max(at[i]!, floor);
    floor = at[i]! + notes[i]!.height + gap;
  }
  return at;
}
