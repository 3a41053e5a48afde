import { existsSync } from "node:fs";
import { defineConfig } from "@playwright/test";
import { address, db, fetching, guarded, token, tokenFile } from "./e2e/places";

const browser = process.env.CHROMIUM ?? ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(existsSync);
if (!browser) throw new Error("the browser tests need Chromium: install it, or name it in CHROMIUM");

const program = "../bin/chancery";

export default defineConfig({
  testDir: "e2e",
  outputDir: "../.cache/e2e",
  workers: 2,
  fullyParallel: true,
  reporter: "line",
  retries: process.env.CI ? 1 : 0, // a crowded machine; what needed its second try is listed as flaky
  timeout: 60_000, // for machines that have other things to do; idle, no test takes a tenth of it
  expect: { timeout: 15_000 },
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
  webServer: [
    {
      command: `mkdir -p ../.cache && rm -f ${db} ${db}-wal ${db}-shm && ${program} read --sample --quiet --db ${db} && exec ${program} serve --quiet --db ${db} --address ${address}`,
      url: "http://" + address + "/healthz",
      timeout: 60_000,
    },
    {
      command: `mkdir -p ../.cache && rm -f ${db}-2* && echo ${token} > ${tokenFile} && ${program} read --quiet e2e/guarded.txt --db ${db}-2.db && exec ${program} serve --quiet --db ${db}-2.db --address ${guarded} --token-file ${tokenFile}`,
      url: "http://" + guarded + "/healthz",
      timeout: 60_000,
    },
    {
      command: `mkdir -p ../.cache && rm -f ${db}-3* && exec ${program} serve --quiet --db ${db}-3.db --address ${fetching} --fetch-private`,
      url: "http://" + fetching + "/healthz",
      timeout: 60_000,
    },
  ],
});
