// The address bar as state: a path and its parameters. Every view reads what it
// shows from here, so that a copied link shows the same.

class Route {
  path = $state(location.pathname);
  query = $state(new URLSearchParams(location.search));
  fragment = $state(new URLSearchParams(location.hash.slice(1))); // what is too long for the query

  constructor() {
    addEventListener("popstate", () => this.#read());
  }

  #read() {
    this.path = location.pathname;
    this.query = new URLSearchParams(location.search);
    this.fragment = new URLSearchParams(location.hash.slice(1));
  }

  /** Opens an address of this page. */
  go(href: string) {
    history.pushState(null, "", href);
    this.#read();
    scrollTo(0, 0);
  }

  /** Changes parameters in place; an empty value removes one. */
  set(values: Record<string, string | undefined>) {
    const q = new URLSearchParams(this.query);
    for (const [k, v] of Object.entries(values)) {
      if (v) q.set(k, v);
      else q.delete(k);
    }
    const s = q.toString();
    history.replaceState(null, "", this.path + (s ? "?" + s : "") + location.hash);
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
    history.replaceState(null, "", location.pathname + location.search + (s ? "#" + s : ""));
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
  route.go(a.pathname + a.search + a.hash);
}
