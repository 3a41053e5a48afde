// Takes the pictures of the README: node pictures.mjs PROGRAM RECORD FOLDER.
// What is shown follows from what the record holds, so that the pictures can be
// taken again when the reader or the sample has changed.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { chromium } from "@playwright/test";

const [program, record, folder] = process.argv.slice(2);
const server = spawn(program, ["serve", "--quiet", "--db", record, "--address", "127.0.0.1:0"]);
try {
  const at = await new Promise((found, failed) => {
    for (const out of [server.stdout, server.stderr]) createInterface(out).on("line", (l) => l.includes("http://") && found(l.match(/http:\/\/[\d.:]+/)[0]));
    server.on("exit", () => failed(new Error("the server did not start")));
  });
  const get = async (path) => (await fetch(at + "/api/v1" + path)).json();
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || undefined, args: ["--no-sandbox", "--disable-gpu"] });
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, colorScheme: "light", reducedMotion: "reduce" });
  const take = async (name, path, height) => {
    await page.goto(at + path, { waitUntil: "networkidle" });
    await page.evaluate(() => (scrollTo(0, 0), document.fonts.ready));
    const whole = await page.evaluate(() => document.documentElement.scrollHeight);
    await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true, clip: { x: 0, y: 0, width: 1280, height: Math.min(whole, height) } });
  };

  // The reader with a leg of an exchange open; of all, the one that the reader is surest of.
  const legs = (await get("/exchanges?limit=100")).items.flatMap((x) => x.events).sort((a, b) => b.probability - a.probability || a.id.localeCompare(b.id));
  await take("reader", `/articles/${legs[0].in.id}?r=${legs[0].id}`, 1150);
  await take("ledger", "/ledger/USA/PAK", 1330);
  // The happening that three sources and no more than six voices tell, and whose
  // tellings part most on how far it got.
  const told = (await get("/happenings?between=USA,PAK&limit=100")).items.filter((h) => h.sources.length >= 3 && h.voices <= 6);
  told.sort((a, b) => b.statuses.length - a.statuses.length || a.voices - b.voices || a.id.localeCompare(b.id));
  await take("accounts", "/accounts/" + told[0].id, 1150);
  await browser.close();
} finally {
  server.kill();
}
