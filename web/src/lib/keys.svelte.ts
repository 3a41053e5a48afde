// Keys that do something, each while the view that gives it is open. The help
// sheet lists them.

import { untrack } from "svelte";

export interface Key {
  key: string; // as KeyboardEvent.key has it: "j", "?", "Escape"
  does: string; // in words, for the help sheet
  run: () => void;
}

let sets = $state.raw<Key[][]>([]);

/** The keys of the open view, the latest first. */
export const keysNow = () => sets.flat();

/** Gives keys for as long as the component that calls it stands. */
export function useKeys(keys: Key[]) {
  $effect(() => {
    sets = [keys, ...untrack(() => sets)];
    return () => {
      sets = sets.filter((k) => k !== keys);
    };
  });
}

/** Runs what a key stands for, unless the person is writing or means the browser. */
export function press(e: KeyboardEvent) {
  if (e.defaultPrevented || e.ctrlKey || e.metaKey || e.altKey) return;
  const at = e.target as HTMLElement;
  const writes = at.closest?.("input:not([type=checkbox], [type=radio], [type=button]), textarea, select, [contenteditable]");
  if (writes && e.key !== "Escape") return;
  if (document.querySelector("dialog[open]")) return; // the dialog has its own keys
  const found = keysNow().find((k) => k.key === e.key);
  if (!found) return;
  e.preventDefault();
  if (writes) (at as HTMLInputElement).blur();
  else found.run();
}
