import { gzipSync } from "node:zlib";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig, type Plugin } from "vite";
import { world } from "./world.ts";

/** What the first view may weigh, compressed. Larger things are loaded by the views that need them. */
const most = 200_000;

/** Stops the build when the script of the first view grows over its bound: the entry with all it imports at once. */
function firstView(): Plugin {
  return {
    name: "first-view",
    generateBundle(_, bundle) {
      const chunk = (file: string) => (bundle[file]?.type === "chunk" ? bundle[file] : undefined);
      const entries = Object.values(bundle).filter((c) => c.type === "chunk" && c.isEntry).map((c) => c.fileName);
      const needed = new Set(entries);
      for (const file of needed) for (const more of chunk(file)?.imports ?? []) needed.add(more); // grows while it is walked
      const size = [...needed].reduce((sum, file) => sum + gzipSync(chunk(file)?.code ?? "").length, 0);
      if (size > most) this.error(`the script of the first view is ${size} bytes compressed, and ${most} are the most: load what it does not need when it is needed`);
      this.info(`the script of the first view is ${size} bytes compressed`);
    },
  };
}

// The built page goes where Go embeds it. `npm run dev` proxies the API to a
// `chancery serve` on its default address.
export default defineConfig({
  plugins: [svelte(), world(), firstView()],
  build: { outDir: "../internal/web/dist", emptyOutDir: true, target: "es2022", assetsInlineLimit: 0 },
  server: { proxy: { "/api": "http://127.0.0.1:8642" } },
});
