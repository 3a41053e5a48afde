// Prints how long views take until they are wholly drawn, from the address being
// opened in a browser that has nothing in its cache:
//
//	node firstview.mjs http://127.0.0.1:8642 [TIMES]
//
// The median of TIMES (5). A view is drawn at its last change before nothing is
// asked and nothing changes for half a second.
import { chromium } from "@playwright/test";
import { existsSync } from "node:fs";

const [server, times = "5"] = process.argv.slice(2);
if (!server) throw new Error("usage: node firstview.mjs http://127.0.0.1:PORT [TIMES]");
const executablePath = process.env.CHROMIUM ?? ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(existsSync);
const get = async (path) => (await fetch(server + "/api/v1" + path)).json();

const pair = (await get("/dyads?limit=50")).items.find((d) => d.actor !== d.recipient);
const article = (await get("/articles?limit=1")).items[0];
const views = {
  Home: "/",
  Relation: `/relation/${pair.actor}/${pair.recipient}`,
  Blocs: "/blocs",
  Ledger: `/ledger/${pair.actor}/${pair.recipient}`,
  Reader: `/articles/${article.id}`,
  Accounts: "/accounts",
};

const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"] });
for (const [name, path] of Object.entries(views)) {
  const took = [];
  let asked = 0;
  for (let i = 0; i < Number(times); i++) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    const page = await context.newPage();
    asked = 0;
    page.on("request", (r) => r.url().includes("/api/") && asked++);
    await page.addInitScript(() => {
      globalThis.lastChange = 0;
      new MutationObserver(() => (globalThis.lastChange = performance.now())).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
    });
    await page.goto(server + path, { waitUntil: "networkidle" });
    took.push(await page.evaluate(() => globalThis.lastChange));
    await context.close();
  }
  took.sort((a, b) => a - b);
  console.log(`${name.padEnd(10)} ${(took[took.length >> 1] / 1000).toFixed(2)} s  (${(took[0] / 1000).toFixed(2)} to ${(took.at(-1) / 1000).toFixed(2)}), ${asked} requests to the API`);
}
await browser.close();
