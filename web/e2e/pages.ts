// What several browser tests do with a page.
import { expect, type Page, type TestInfo } from "@playwright/test";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What goes wrong in a page without anybody seeing it: errors, refusals of the content policy, requests to other hosts. */
export function watch(page: Page): string[] {
  const wrong: string[] = [];
  page.on("pageerror", (e) => wrong.push(e.message));
  page.on("console", (m) => m.type() === "error" && wrong.push(m.text()));
  page.on("request", (r) => !/^(blob|data):/.test(r.url()) && new URL(r.url()).hostname !== "127.0.0.1" && wrong.push("asks another host: " + r.url()));
  return wrong;
}

/** Waits until a view has its heading and nothing is on its way. */
export async function opened(page: Page) {
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await page.waitForLoadState("networkidle");
}

/** The page's address as the page itself has it; the browser's driver hears of a change a moment later. */
export const address = (page: Page) => page.evaluate(() => location.href);

/** A parameter of that address, null without it; for expect.poll, for a view may change it a moment after a key or a click. */
export const parameter = async (page: Page, name: string) => new URL(await address(page)).searchParams.get(name);

/** What a test names its articles by: the projects and the repeats of a test share one record. */
export const own = (info: TestInfo) => info.project.name + (info.repeatEachIndex + info.retry || "");

export async function paste(page: Page, title: string, text: string, source = "Test Wire", byline = "") {
  await page.goto("/");
  await page.getByLabel("Paste an article or its address, or drop files").fill(text);
  await page.getByLabel("Title").fill(title);
  await page.getByLabel("Source").fill(source);
  if (byline) await page.getByLabel("Byline").fill(byline);
  await page.getByRole("button", { name: "Read it" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(title);
}

/** The serious faults that axe finds, of all rules or of the given ones. */
export async function faults(page: Page, rules?: string[]): Promise<string[]> {
  await page.evaluate(axe); // through the debugger, so the content policy stays as it is
  const found = await page.evaluate(async (only) => {
    interface Axe { run(o: object): Promise<{ violations: { id: string; impact: string; nodes: { target: string[]; failureSummary: string }[] }[] }> }
    const axe = (globalThis as unknown as { axe: Axe }).axe;
    const { violations } = await axe.run({ resultTypes: ["violations"], ...(only ? { runOnly: { type: "rule", values: only } } : {}) });
    return violations.map((v) => `${v.impact} ${v.id} ${v.nodes.map((n) => n.target + " " + n.failureSummary).join(" | ")}`);
  }, rules);
  return found.filter((v) => /^(serious|critical)/.test(v));
}

/** How far a page reaches beyond the window's width. */
export const overflow = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
