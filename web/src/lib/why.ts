// The features that decided an event's type, in words for a reader. Their names
// are those of coder/event/features.go.
import type { Schemas } from "./api";

const plain: Record<string, string> = {
  "sense of the verb": "the sense of the verb",
  "sense of the words": "the sense of the words around it",
  "sense of the path": "the sense of the words that join the two parties",
  "sense of the recipient": "the sense of the words for the recipient",
  "no recipient": "nobody is named as the recipient",
  "order reversed": "the recipient is named first",
  always: "how often such an event is reported at all",
};

const q = (s: string | undefined) => `“${(s ?? "").trim()}”`;

const kinds: Record<string, (words: string[]) => string> = {
  path: ([a]) => `${q(a)} joins the two parties`,
  first: ([a]) => `${q(a)} is the main word`,
  second: ([a]) => `${q(a)} comes next`,
  last: ([a]) => `${q(a)} stands next to the recipient`,
  "path of two": (w) => `${q(w.join(" … "))} joins the two parties`,
  "path of three": (w) => `${q(w.join(" … "))} joins the two parties`,
  with: ([, a]) => `${q(a)} goes with it`,
  beside: ([a]) => `${q(a)} goes with it`,
  both: (w) => `${q(w[0])} with ${q(w.slice(1).join(" "))}`,
  aux: ([a]) => `the helping verb ${q(a)}`,
  "modal and verb": (w) => `${q(w.join(" "))}`,
  adverb: ([a]) => `the adverb ${q(a)}`,
  not: ([a]) => `${q(a)} is negated`,
  mark: ([a]) => `${q(a)} opens the clause`,
  particle: (w) => `${q(w.join(" "))}`,
  passive: ([a]) => `${q(a)} is in the passive`,
  "recipient by": (w) => (w[1] ? `the recipient comes after ${q(w[1])}` : "the place of the recipient in the sentence"),
  "recipient of": (w) => `the recipient belongs to ${q(w.join(" "))}`,
  "recipient under": (w) => `the recipient belongs to ${q(w.join(" "))}`,
  "recipient is": ([a]) => `the recipient is called ${q(a)}`,
  "recipient is a": () => "what sort of word names the recipient",
  "recipient holds": ([a]) => `${q(a)} is part of the recipient’s name`,
  "recipient names": ([a]) => `${q(a)} is part of the recipient’s name`,
  "no recipient": ([a]) => `${q(a)} without a recipient`,
  "actor by": () => "the place of the actor in the sentence",
  "actor of": ([a]) => `the actor’s part in ${q(a)}`,
  "actor is": ([a]) => `the actor is called ${q(a)}`,
  "actor is a": () => "what sort of word names the actor",
  "actor holds": ([a]) => `${q(a)} is part of the actor’s name`,
  "actor names": ([a]) => `${q(a)} is part of the actor’s name`,
  "length of path": () => "how far apart the two parties stand",
  word: ([a]) => `${q(a)} stands in the sentence`,
  "word before": ([a]) => `${q(a)} stands before the parties`,
  "word middle": ([a]) => `${q(a)} stands between the parties`,
  "word after": ([a]) => `${q(a)} stands after the parties`,
  stem: ([a]) => `a word that begins with ${q(a)}`,
  words: (w) => `the words ${q(w.join(" "))}`,
  "first verb": ([a]) => `${q(a)} is the first verb`,
  "early verb": ([a]) => `${q(a)} is among the first verbs`,
  "verb then": (w) => `${q(w.join(" … "))}`,
};

// What spoke for the act being this actor's towards this recipient, by what the
// feature's name begins with (coder/event/bond.go). The first that fits is taken.
const between: [string, string][] = [
  ["actor and recipient by", "how both parties hang on the verb"],
  ["actor by", "how the actor hangs on the verb"],
  ["recipient by", "how the recipient hangs on the verb"],
  ["recipient is", "how the recipient hangs on the verb"],
  ["to the actor", "the way from the verb to the actor"],
  ["to the recipient", "the way from the verb to the recipient"],
  ["after the actor", "what stands between the actor and the verb"],
  ["before the recipient", "what stands between the verb and the recipient"],
  ["sort", "what sort of parties they are"],
  ["states", "whether both belong to one state"],
  ["actor", "how the actor is named"],
  ["recipient", "how the recipient is named"],
  ["type", "that such an act has such parties"],
  ["no act", "that it is clearly an act"],
  ["sureness", "that it is clearly such an act"],
];

/** One feature in words. A feature this page does not know is given as it is. */
export function reason(feature: string): string {
  if (plain[feature]) return plain[feature];
  if (feature.startsWith("parties, ")) {
    const name = feature.slice("parties, ".length);
    return between.find(([start]) => name.startsWith(start))?.[1] ?? "where the verb stands in the sentence";
  }
  const cut = feature.indexOf(": ");
  if (cut < 0) return feature;
  const say = kinds[feature.slice(0, cut)];
  return say ? say(feature.slice(cut + 2).split(" ")) : feature;
}

type Reasons = Schemas["Reason"][] | null | undefined;

const inWords = (all: Reasons, ofParties: boolean, most: number) =>
  [...new Set((all ?? []).filter((r) => r.weight > 0 && r.feature.startsWith("parties, ") === ofParties).map((r) => reason(r.feature)))].slice(0, most);

/** The features that decided the type, in words, each once, the heaviest first. */
export function reasons(all: Reasons, most = 4): string[] {
  return inWords(all, false, most);
}

/** What spoke for the act being between these two parties, likewise. */
export function partyReasons(all: Reasons, most = 2): string[] {
  return inWords(all, true, most);
}
