import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";

// The built page goes where Go embeds it. `npm run dev` proxies the API to a
// `chancery serve` on its default address.
export default defineConfig({
  plugins: [svelte()],
  build: { outDir: "../internal/web/dist", emptyOutDir: true, target: "es2022", assetsInlineLimit: 0 },
  server: { proxy: { "/api": "http://127.0.0.1:8642" } },
});
