import { expect, test } from "@playwright/test";
import { address, faults, opened, overflow, watch } from "./pages";

interface Listed { items: { id: string; in: { id: string } }[] }

const views: [name: string, at: string | ((get: (path: string) => Promise<Listed>) => Promise<string>)][] = [
  ["home", "/"],
  ["articles", "/articles"],
  ["reader", async (get) => `/articles/${(await get("/events?has_good=true&limit=1")).items[0]!.in.id}`],
  ["reader with a record open", async (get) => { const e = (await get("/events?has_good=true&limit=1")).items[0]!; return `/articles/${e.in.id}?r=${e.id}`; }],
  ["ledger, no pair", "/ledger"],
  ["ledger", "/ledger/USA/PAK"],
  ["relation", "/relation/USA/PAK"],
  ["relation with everybody", "/relation/IND"],
  ["happenings", "/accounts"],
  ["happening", async (get) => `/accounts/${(await get("/happenings")).items[0]!.id}`],
  ["findings", "/accounts/findings"],
  ["sources", "/accounts/sources?source=Sample%20Herald"],
  ["blocs", "/blocs"],
  ["what-if", "/whatif?draws=0"],
  ["what-if, drafted from the record", "/whatif?from=USA,PAK&draws=0"],
  ["forecasts", "/forecasts"],
  ["search", "/search?q=port"],
  ["search, its operators", "/search"],
  ["corrections", "/corrections"],
  ["an address without a view", "/nowhere"],
];

for (const [name, at] of views) {
  test(`${name}: opens without error, fits and is accessible, light and dark`, async ({ page, request }) => {
    const wrong = watch(page);
    await page.goto(typeof at === "string" ? at : await at(async (path) => (await request.get("/api/v1" + path)).json()));
    await opened(page);
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
    expect(await faults(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: "dark" });
    expect(await faults(page, ["color-contrast"])).toEqual([]);
    expect(wrong).toEqual([]);
  });
}

test("the keyboard reaches every view and the help sheet", async ({ page }) => {
  await page.goto("/");
  await opened(page);
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to the text" })).toBeFocused();
  await page.getByRole("navigation", { name: "Views" }).getByRole("link", { name: "Ledger" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Ledger");
  await expect(page.locator("main")).toBeFocused();
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog")).toContainText("search");
  await page.keyboard.press("Escape");
  await page.keyboard.press("/");
  await expect(page.getByLabel("Words")).toBeFocused();
});

test("what is printed is the text, without the page's tools", async ({ page }) => {
  await page.goto("/ledger/USA/PAK");
  await opened(page);
  await page.emulateMedia({ media: "print" });
  await expect(page.getByRole("navigation", { name: "Views" })).toBeHidden();
  await expect(page.getByLabel("Kind of good")).toBeHidden();
  await expect(page.getByRole("heading", { name: /gives/ }).first()).toBeVisible();
  expect(await page.evaluate(() => getComputedStyle(document.body).color)).toBe("rgb(0, 0, 0)");
});

test("an address that a link in a new window opens shows the same", async ({ context, page }) => {
  test.slow();
  // Each view with its filters, its period and what is chosen in it.
  const event = (await (await context.request.get("/api/v1/events?has_good=true&limit=1&between=USA,PAK")).json()).items[0];
  const line = (await (await context.request.get("/api/v1/ledger?a=USA&b=PAK")).json()).gives_a[0].steps[0].event;
  const addresses = [
    `/articles/${event.in.id}?r=${event.id}&hide=forecast`,
    "/articles?source=Sample+Herald&since=2025-06&order=oldest",
    `/ledger/USA/PAK?line=${line}&since=2025`,
    "/relation/USA/PAK?by=week&since=2025-06&until=2025-08&side=ab",
    "/accounts?between=USA,PAK&min_voices=3",
    "/accounts/findings?kind=numbers+disagree&min_sure=0.9",
    "/accounts/sources?source=Sample+Herald",
    "/blocs?since=2025-01&until=2025-06&least=1",
    "/whatif?draws=0&USA.arms.position=95",
    "/forecasts?outlook=ahead&min_strength=0.9&order=newest",
    "/search?q=port&since=2025-10",
    "/corrections?verdict=confirmed",
  ];
  const other = await context.newPage();
  for (const at of addresses) {
    const text = (p: typeof page) => p.locator("main").innerText();
    // Other tests add articles to the same record meanwhile: both windows are opened anew until none came between.
    await expect(async () => {
      await page.goto(at);
      await opened(page);
      await other.goto(await address(page));
      await opened(other);
      expect(await text(other)).toBe(await text(page));
    }).toPass();
    const values = (p: typeof page) => p.locator("main input, main select").evaluateAll((all) => all.map((e) => (e as HTMLInputElement).value));
    expect(await values(other)).toEqual(await values(page));
    expect(new URL(await address(page)).search).toBe(new URL(at, page.url()).search);
  }
});
