import { existsSync } from "node:fs";
import { defineConfig } from "@playwright/test";

const browser = process.env.CHROMIUM ?? ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(existsSync);
if (!browser) throw new Error("the browser tests need Chromium: install it, or name it in CHROMIUM");

const db = "../.cache/e2e.db";
const address = "127.0.0.1:8643";

export default defineConfig({
  testDir: "e2e",
  outputDir: "../.cache/e2e",
  workers: 1,
  reporter: "line",
  timeout: 30_000,
  use: {
    baseURL: "http://" + address,
    launchOptions: {
      executablePath: browser,
      args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
    },
  },
  projects: [
    { name: "wide", use: { viewport: { width: 1280, height: 900 } } },
    { name: "narrow", use: { viewport: { width: 375, height: 800 } } },
  ],
  webServer: {
    command: `mkdir -p ../.cache && rm -f ${db} ${db}-wal ${db}-shm && ../bin/chancery read --sample --quiet --db ${db} && ../bin/chancery serve --quiet --db ${db} --address ${address}`,
    url: "http://" + address + "/healthz",
    timeout: 60_000,
  },
});
