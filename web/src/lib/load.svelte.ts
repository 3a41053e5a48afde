// What the views ask of the API, as state: one answer, or a listing page by page.
// A later question wins over an earlier one whose answer comes late.
import { get } from "./api";
import { route } from "./route.svelte";

/** The answer to a question that may change; an empty question asks nothing. */
export class Answer<T> {
  value = $state.raw<T>();
  failure = $state("");
  busy = $state(false);
  #asked = 0;
  #question: () => string;

  constructor(question: () => string) {
    this.#question = question;
    $effect(() => {
      void this.#ask(question());
    });
  }

  /** Asks the same again, as after a change to the record. */
  again = () => this.#ask(this.#question());

  async #ask(path: string) {
    const n = ++this.#asked;
    if (!path) {
      this.value = undefined;
      this.failure = "";
      return;
    }
    this.busy = true;
    try {
      const value = await get<T>(path);
      if (n !== this.#asked) return;
      this.value = value;
      this.failure = "";
    } catch (e) {
      if (n !== this.#asked) return;
      this.value = undefined;
      this.failure = (e as Error).message;
    } finally {
      if (n === this.#asked) this.busy = false;
    }
  }
}

interface Page<T> {
  items: T[] | null;
  next?: string;
}

/** The rows of a listing. The question says which; more() adds the next page. */
export class Listing<T> {
  rows = $state.raw<T[]>([]);
  next = $state("");
  failure = $state("");
  busy = $state(true);
  #asked = 0;
  #question: () => string;

  constructor(question: () => string) {
    this.#question = question;
    $effect(() => {
      void this.#ask(question(), "");
    });
  }

  more = () => this.#ask(this.#question(), this.next);
  again = () => this.#ask(this.#question(), "");

  async #ask(path: string, cursor: string) {
    const n = ++this.#asked;
    if (!path) {
      this.rows = [];
      this.next = this.failure = "";
      this.busy = false;
      return;
    }
    this.busy = true;
    const more = !!cursor;
    try {
      const had = route.pages(path);
      const rows = cursor ? [...this.rows] : [];
      // A view that is come back to shows as many pages as it did.
      for (let pages = cursor ? had : 0; ; ) {
        const page = await get<Page<T>>(path + (cursor ? (path.includes("?") ? "&" : "?") + "cursor=" + encodeURIComponent(cursor) : ""));
        if (n !== this.#asked) return;
        rows.push(...(page.items ?? []));
        cursor = page.next ?? "";
        pages++;
        if (cursor && pages < had) continue;
        if (pages > had) route.keepPages(path, pages);
        break;
      }
      this.rows = rows;
      this.next = cursor;
      this.failure = "";
    } catch (e) {
      if (n !== this.#asked) return;
      if (!more) this.rows = [];
      this.failure = (e as Error).message;
    } finally {
      if (n === this.#asked) this.busy = false;
    }
  }
}
