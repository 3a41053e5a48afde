// The address bar as state: a path and its parameters. Every view reads what it
// shows from here, so that a copied link shows the same.

// What the browser's history keeps of a view besides its address, so that back
// leads to the place and not to the top.
interface Place {
  y?: number; // how far down the reader was
  link?: { href: string; nth: number }; // that was followed from here
  pages?: Record<string, number>; // of each listing, how many were asked for
}

class Route {
  path = $state(location.pathname);
  query = $state(new URLSearchParams(location.search));
  fragment = $state(new URLSearchParams(location.hash.slice(1))); // what is too long for the query

  /** Whether the view is being put where the reader left it: it must not scroll by itself. */
  returning = false;
  #settled?: () => void;
  #scrolled?: ReturnType<typeof setTimeout>;

  constructor() {
    history.scrollRestoration = "manual"; // the browser does it before the view has its text
    addEventListener("popstate", () => {
      this.#forget(); // it was of the view that was left
      this.#read();
      this.#return();
    });
    addEventListener("scroll", () => {
      this.#scrolled ??= setTimeout(() => this.#note(), 120); // a browser takes only so many notes a second
    });
    addEventListener("pagehide", () => this.#note());
    this.#return();
  }

  #note(more: Place = {}) {
    this.#forget();
    const y = this.returning ? this.#kept().y : scrollY;
    history.replaceState({ ...this.#kept(), y, ...more }, "");
  }

  #forget() {
    clearTimeout(this.#scrolled);
    this.#scrolled = undefined;
  }

  #kept = () => (history.state ?? {}) as Place;

  /** Holds the place that was left while the view fills, until the reader does something. */
  #return() {
    this.#settled?.();
    const { y, link } = this.#kept();
    if (y === undefined) return;
    this.returning = true;
    const place = () => {
      scrollTo({ top: y, behavior: "instant" });
      if (!link || (document.activeElement !== document.body && document.activeElement?.id !== "main")) return;
      [...document.querySelectorAll<HTMLElement>("main a")].filter((a) => a.getAttribute("href") === link.href)[link.nth]?.focus({ preventScroll: true });
    };
    const sizes = new ResizeObserver(place);
    sizes.observe(document.body);
    const ends = ["wheel", "touchstart", "pointerdown", "keydown"];
    const end = (this.#settled = () => {
      this.#settled = undefined;
      this.returning = false;
      sizes.disconnect();
      clearTimeout(late);
      for (const e of ends) removeEventListener(e, end);
    });
    for (const e of ends) addEventListener(e, end, { passive: true });
    const late = setTimeout(end, 5000);
  }

  /** How many pages of a listing were asked for when this view was left. */
  pages = (question: string) => this.#kept().pages?.[question] ?? 1;
  keepPages = (question: string, pages: number) => this.#note({ pages: { ...this.#kept().pages, [question]: pages } });

  #read() {
    this.path = location.pathname;
    this.query = new URLSearchParams(location.search);
    this.fragment = new URLSearchParams(location.hash.slice(1));
  }

  /** Opens an address of this page; the link says from where. */
  go(href: string, from?: Element) {
    const at = from?.getAttribute("href") ?? "";
    const nth = from ? [...document.querySelectorAll("main a")].filter((a) => a.getAttribute("href") === at).indexOf(from) : -1;
    this.#note({ link: nth < 0 ? undefined : { href: at, nth } });
    this.#settled?.();
    history.pushState(null, "", href);
    this.#read();
    scrollTo({ top: 0, behavior: "instant" });
  }

  /** Changes parameters in place; an empty value removes one. */
  set(values: Record<string, string | undefined>) {
    const q = new URLSearchParams(this.query);
    for (const [k, v] of Object.entries(values)) {
      if (v) q.set(k, v);
      else q.delete(k);
    }
    const s = q.toString();
    history.replaceState(history.state, "", this.path + (s ? "?" + s : "") + location.hash);
    this.query = q;
  }

  /** Changes parts of the fragment in place; an empty value removes one. */
  keep(values: Record<string, string | undefined>) {
    const f = new URLSearchParams(this.fragment);
    for (const [k, v] of Object.entries(values)) {
      if (v) f.set(k, v);
      else f.delete(k);
    }
    const s = f.toString();
    history.replaceState(history.state, "", location.pathname + location.search + (s ? "#" + s : ""));
    this.fragment = f;
  }
}

export const route = new Route();

/** Follows links within the page without loading it anew. */
export function follow(e: MouseEvent) {
  if (e.defaultPrevented || e.button !== 0 || e.metaKey || e.ctrlKey || e.shiftKey || e.altKey) return;
  const a = (e.target as Element).closest?.("a");
  if (!a || a.target || a.hasAttribute("download") || a.origin !== location.origin || a.pathname.startsWith("/api/")) return;
  if (a.hash && a.pathname === location.pathname && a.search === location.search) return;
  e.preventDefault();
  route.go(a.pathname + a.search + a.hash, a);
}
