// Where the reader is led, and back; and what a view says when there is little to show.
import { expect, test, type Page } from "@playwright/test";
import { address, faults, opened, overflow, parameter, watch } from "./pages";

const down = (page: Page) => page.evaluate(() => Math.round(scrollY));

test("back leads to the place that was left, with its pages and its link", async ({ page }) => {
  const wrong = watch(page);
  await page.goto("/forecasts");
  await opened(page);
  const rows = page.locator("td.about a");
  const first = await rows.count();
  await page.getByRole("button", { name: "More", exact: true }).click();
  await expect.poll(() => rows.count()).toBeGreaterThan(first);
  const all = await rows.count();
  const last = rows.nth(all - 2);
  const foretold = await last.innerText();
  await last.scrollIntoViewIfNeeded();
  const before = await down(page);
  expect(before).toBeGreaterThan(500);
  await last.focus();
  await page.keyboard.press("Enter");
  await expect(page.locator(".note[data-selected]")).toBeInViewport();
  await expect.poll(() => page.evaluate(() => history.state?.y === scrollY)).toBe(true); // it has come to rest
  await page.goBack();
  await expect.poll(() => rows.count()).toBe(all);
  await expect.poll(async () => Math.abs((await down(page)) - before)).toBeLessThan(3);
  await expect(page.getByRole("link", { name: foretold, exact: true }).and(page.locator(":focus"))).toBeVisible();

  // And forward, to what was read there; a link opens at the top.
  await page.goForward();
  await expect(page.locator(".note[data-selected]")).toBeInViewport();
  await page.getByRole("link", { name: "Articles", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Articles");
  expect(await down(page)).toBe(0);
  expect(wrong).toEqual([]);
});

test("a reader who has come back is not held there", async ({ page }) => {
  await page.goto("/accounts/findings");
  await opened(page);
  await page.locator("blockquote a").last().scrollIntoViewIfNeeded();
  await page.locator("blockquote a").last().click();
  await expect(page.locator(".passage, .note[data-selected]").first()).toBeVisible();
  await page.goBack();
  await expect.poll(() => down(page)).toBeGreaterThan(500);
  await page.keyboard.press("Home");
  await expect.poll(() => down(page)).toBe(0);
  await page.waitForLoadState("networkidle");
  expect(await down(page)).toBe(0);
});

test("a passage that is no record’s is opened where it stands", async ({ page }) => {
  await page.goto("/search?q=port");
  await opened(page);
  const hit = page.locator("blockquote a").last();
  const words = (await hit.innerText()).replace(/\s+/g, " ");
  await hit.click();
  await expect(page.locator(".passage").first()).toBeInViewport();
  expect((await page.locator(".passage").allInnerTexts()).join("").replace(/\s+/g, " ")).toBe(words);
  await page.keyboard.press("j"); // a record is chosen: the passage is no longer what is meant
  await expect(page.locator(".note[data-selected]")).toBeVisible();
  await expect.poll(() => parameter(page, "at")).toBeNull();
});

test("every passage of a finding leads to its sentence", async ({ page }) => {
  await page.goto("/accounts/findings");
  await opened(page);
  const links = await page.locator("blockquote a").evaluateAll((all) => all.map((a) => a.getAttribute("href")!));
  expect(links.filter((l) => !/[?&]at=\d+-\d+$/.test(l))).toEqual([]);
  const bare = links.find((l) => !l.includes("r="))!;
  await page.goto(bare);
  await expect(page.locator(".passage").first()).toBeInViewport();
});

test("a finding on a later page is found", async ({ page }) => {
  const { items } = await (await page.request.get("/api/v1/findings?limit=200")).json();
  test.skip(items.length <= 20, "all stand on one page");
  await page.goto("/accounts/findings#" + items.at(-1).id);
  await expect(page.locator("article.chosen")).toBeInViewport();
});

test("blocs name states and bodies, and draw the network when it comes near", async ({ page }) => {
  await page.goto("/blocs?least=1");
  await opened(page);
  await expect(page.getByRole("img", { name: /Map of the two camps/ }).locator("text").filter({ hasText: /^Pakistan$/ })).toBeVisible();
  await expect(page.getByRole("row", { name: /civilians|^media|^business/ })).toHaveCount(0);
  await page.getByRole("heading", { name: "The actors" }).scrollIntoViewIfNeeded();
  await page.locator(".network").scrollIntoViewIfNeeded();
  await expect(page.getByRole("img", { name: /Network of ties/ }).locator("text").filter({ hasText: /^Pakistan$/ })).toBeVisible();
  expect(await faults(page)).toEqual([]);
});

test("actors that all stand together stand against nobody", async ({ page }) => {
  await page.route("**/api/v1/blocs?*", async (route) => {
    const all = await (await route.fetch()).json();
    for (const m of all.members) m.camp = 0;
    await route.fulfill({ json: all });
  });
  await page.goto("/blocs?least=1");
  await expect(page.getByText("stand together; nobody stands against them.")).toBeVisible();
  await expect(page.getByText("stand against .")).toHaveCount(0);
});

test("a long silence is drawn short, and a turn fits a narrow window", async ({ page }) => {
  const estimate = { value: 0.3, low: -0.14, high: 0.9 };
  await page.route("**/api/v1/relation?*", async (route) => {
    const all = await (await route.fetch()).json();
    all.changes = [{ from: "2025-01-01", before: estimate, after: estimate, probability: 0.9996 }];
    const silent = { ...all.buckets[0], quads: { words_for: 0, deeds_for: 0, words_against: 0, deeds_against: 0 } };
    const [y, m] = all.buckets[0].start.split("-").map(Number);
    const before = Array.from({ length: 200 }, (_, i) => ({ ...silent, start: new Date(Date.UTC(y, m - 201 + i, 1)).toISOString().slice(0, 10) }));
    before[0] = { ...all.buckets[0], start: before[0]!.start };
    all.buckets = [...before, ...all.buckets];
    await route.fulfill({ json: all });
  });
  await page.goto("/relation/USA/PAK");
  await expect(page.getByRole("heading", { name: "Where it turned" })).toBeVisible();
  await expect(page.getByText("over 99 %")).toBeVisible();
  expect(await overflow(page)).toBeLessThanOrEqual(0);
  await expect(page.getByText("a long silence, drawn short.")).toBeVisible();
  // What was reported has more than half of the line.
  const chart = (await page.locator(".chart").boundingBox())!;
  const gap = await page.locator(".chart .break").boundingBox();
  expect((gap!.x - chart.x) / chart.width).toBeLessThan(0.5);
});

test("an empty record says so in every view, and where to begin", async ({ page }) => {
  const wrong = watch(page);
  await page.route("**/api/v1/**", (route) => {
    const at = new URL(route.request().url()).pathname.replace("/api/v1", "");
    if (at === "/summary") return route.fulfill({ json: { version: "0", counts: {}, sources: [], dyads: [], latest: [], deals: [] } });
    if (at === "/blocs") return route.fulfill({ json: { members: [], ties: [] } });
    return route.fulfill({ json: { items: [] } });
  });
  for (const at of ["/articles", "/ledger", "/relation", "/accounts?min_voices=1", "/accounts/findings", "/accounts/sources", "/blocs", "/forecasts", "/search?q=port"]) {
    await page.goto(at);
    await expect(page.getByText("Nothing is in the record yet"), at).toBeVisible();
    await expect(page.getByRole("link", { name: "read an article in" }), at).toHaveAttribute("href", "/");
  }
  await page.goto("/");
  await expect(page.getByText("keeps the record: who did what to whom")).toBeVisible();
  expect(wrong).toEqual([]);
});

test("the help sheet explains signs, types and findings", async ({ page }) => {
  await page.goto("/");
  await opened(page);
  await page.getByRole("button", { name: "help" }).click();
  const sheet = page.getByRole("dialog");
  await expect(sheet).toContainText("promised, and the promise broken");
  await expect(sheet).toContainText("COERCE");
  await expect(sheet).toContainText("one quotation is given to two speakers");
  expect(await faults(page)).toEqual([]);
  await page.keyboard.press("Escape");
  await expect(sheet).toBeHidden();
  await expect(page.getByRole("button", { name: "help" })).toBeFocused();
  expect(new URL(await address(page)).pathname).toBe("/");
});
