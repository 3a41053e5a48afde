import { expect, test, type Page } from "@playwright/test";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { faults, opened, overflow, watch } from "./pages";
import { fetching } from "./places";

const field = (page: Page) => page.getByLabel("Paste an article or its address, or drop files");
const entry = (page: Page, text: string) => page.locator(".jobs li").filter({ hasText: text });

// A small site on this machine: pages, a feed of them, and what goes wrong.
let site: Server;
let at: string;
test.beforeAll(async ({}, info) => {
  const page = (name: string, text: string) =>
    `<!doctype html><html lang="en"><head><title>${name} ${info.project.name}</title><meta property="og:site_name" content="Test Wire"></head><body><nav><a href="/">Home</a></nav><article><h1>${name} ${info.project.name}</h1>
     <p>${text} The ministers spoke in a ${info.project.name} hall for two hours before they met the press in the afternoon.</p><p>A further round of the talks between the two governments is to follow in the autumn of the year.</p></article></body></html>`;
  const pages: Record<string, [type: string, body: string]> = {
    "/robots.txt": ["text/plain", "User-agent: *\nDisallow: /closed"],
    "/talks.html": ["text/html", page("Talks by address", "Norway praised Finland on Monday.")],
    "/dropped.html": ["text/html", page("Talks by link", "Norway invited Finland on Sunday.")],
    "/first.html": ["text/html", page("First of the feed", "Norway criticised Finland on Tuesday.")],
    "/second.html": ["text/html", page("Second of the feed", "Norway accused Finland on Friday.")],
    "/feed.xml": ["application/rss+xml", `<rss version="2.0"><channel><title>Wire of ${info.project.name}</title><item><title>First</title><link>first.html</link></item>
      <item><title>Second</title><link>/second.html</link></item><item><title>Second again</title><link>/second.html#end</link></item><item><title>Gone</title><link>/gone.html</link></item></channel></rss>`],
    "/picture.png": ["image/png", "\x89PNG"],
  };
  site = createServer((asked, answer) => {
    const [type, body] = pages[asked.url ?? ""] ?? [];
    answer.writeHead(body ? 200 : 404, { "Content-Type": type ?? "text/plain" }).end(body ?? "nothing here");
  });
  await new Promise<void>((ready) => site.listen(0, "127.0.0.1", ready));
  at = "http://127.0.0.1:" + (site.address() as AddressInfo).port;
});
test.afterAll(() => site.close());

test("an address that is pasted is read, and its article opens", async ({ page }, info) => {
  const wrong = watch(page);
  await page.goto(`http://${fetching}/`);
  await field(page).fill("An article’s text");
  await expect(page.getByLabel("Title")).toBeVisible();
  await field(page).fill(`  ${at}/talks.html\n`);
  await expect(page.getByLabel("Title")).toBeHidden(); // the page says it itself
  await page.getByRole("button", { name: "Read it" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Talks by address " + info.project.name);
  await expect(page.getByRole("button", { name: /Norway . Finland/ })).toBeVisible();
  expect(wrong).toEqual([]);
});

test("addresses and a feed are read with progress, and each says what became of it", async ({ page }, info) => {
  test.slow(); // a site is asked one page a second
  const wrong = watch(page);
  await page.goto(`http://${fetching}/`);
  await opened(page);
  const asked: string[] = [];
  page.on("request", (r) => asked.push(new URL(r.url()).pathname));
  const bad = [`${at}/closed/page.html`, `${at}/picture.png`];
  await field(page).fill([`${at}/feed.xml`, ...bad].join("\n"));
  await page.getByRole("button", { name: "Read them" }).click();
  await expect(page.getByRole("progressbar", { name: "Articles read in" })).toBeVisible();
  await expect(page.getByText(/^Reading \d of \d/)).toBeVisible();
  await expect(page.getByText("6 of 6 done, 3 not read.")).toBeVisible();
  expect(asked.indexOf("/api/v1/summary")).toBeLessThan(asked.lastIndexOf("/api/v1/articles/fetch")); // the record is seen to grow meanwhile
  await expect(entry(page, "Wire of " + info.project.name)).toContainText("a feed: 3 new pages");
  await expect(entry(page, "First of the feed " + info.project.name)).toContainText("read");
  await expect(entry(page, "Second of the feed " + info.project.name)).toContainText("read");
  await expect(entry(page, "gone.html")).toContainText("the server answers 404 Not Found");
  await expect(entry(page, "/closed/page.html")).toContainText("the site asks programs not to read this page (robots.txt): save it in a browser and read the file");
  await expect(entry(page, "picture.png")).toContainText("not a kind of file that is read: the server says it is image/png");
  await expect(field(page)).toHaveValue(bad.join("\n")); // to be tried again, or not
  expect(await overflow(page)).toBeLessThanOrEqual(0);
  expect(await faults(page)).toEqual([]);

  // The same feed again: what the record has is not fetched.
  await field(page).fill(`${at}/feed.xml`);
  await page.getByRole("button", { name: "Read it" }).click();
  await expect(entry(page, "Wire of " + info.project.name)).toContainText("a feed: 1 new page and 2 in the record already");
  await expect(page.getByText("2 of 2 done, 1 not read.")).toBeVisible();
  await page.goto(`http://${fetching}/articles`);
  await expect(page.getByRole("link", { name: "Second of the feed " + info.project.name })).toHaveCount(1);
  expect(wrong).toEqual([]);
});

test("a link that is dropped is read", async ({ page }, info) => {
  await page.goto(`http://${fetching}/`);
  await opened(page);
  const held = await page.evaluateHandle((link) => {
    const data = new DataTransfer();
    data.setData("text/uri-list", "# from another window\r\n" + link);
    data.setData("text/plain", link);
    return data;
  }, at + "/dropped.html");
  await page.dispatchEvent("body", "drop", { dataTransfer: held });
  await expect(page.getByText("1 of 1 done.")).toBeVisible();
  await page.getByRole("link", { name: "Talks by link " + info.project.name }).first().click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Talks by link " + info.project.name);
});

test("a server that was not told to fetches nothing from this machine, and says so", async ({ page }) => {
  const wrong = watch(page);
  await page.goto("/");
  const address = at + "/talks.html"
  await field(page).fill(address);
  await page.getByRole("button", { name: "Read it" }).click();
  await expect(page.getByText("1 of 1 done, 1 not read.")).toBeVisible();
  await expect(entry(page, address)).toContainText("it leads to this machine or to a private network, where nothing is fetched unless that is allowed with --fetch-private");
  await expect(field(page)).toHaveValue(address);
  const { items } = await (await page.request.get("/api/v1/articles?limit=200")).json();
  expect(items.length).toBeGreaterThan(0);
  expect(items.filter((a: { url?: string }) => a.url?.startsWith(at))).toEqual([]);
  expect(wrong).toEqual([]);
});
