import { expect, test, type Page } from "@playwright/test";
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { db } from "./places";
import { address, opened, own, parameter, paste, watch } from "./pages";

const record = (page: Page, name: RegExp) => page.getByRole("button", { name });

test("a pasted article shows its events", async ({ page }, info) => {
  await paste(page, "Fleet bought " + own(info), "India condemned Pakistan on Monday. France sold Egypt two frigates in exchange for access to the port of Safaga.");
  await expect(record(page, /ACCUSE India → Pakistan/i)).toBeVisible();
  await page.goto("/search?q=title:Fleet+Safaga");
  await expect(page.getByRole("link", { name: "Fleet bought " + own(info) })).toBeVisible();
});

test("files that are chosen or dropped are read in, with what became of each", async ({ page }, info) => {
  await page.goto("/");
  const file = (name: string, text: string) => ({ name, mimeType: "text/plain", buffer: Buffer.from(text) });
  await page.getByLabel("Choose files").setInputFiles([
    file(`one-${own(info)}.txt`, `Talks one ${own(info)}\n\nSpain praised Portugal on Monday.`),
    file(`two-${own(info)}.txt`, `Talks two ${own(info)}\n\nSpain criticised Portugal on Friday.`),
    file("three.exe", "nothing to read"),
  ]);
  await expect(page.getByText("3 of 3 done, 1 not read.")).toBeVisible();
  await expect(page.getByRole("listitem").filter({ hasText: "three.exe" })).toContainText("ends in none of");
  // A drop, as the browser makes it of a file.
  const held = await page.evaluateHandle((name) => {
    const data = new DataTransfer();
    data.items.add(new File([`Talks three ${name}\n\nSpain invited Portugal on Sunday.`], `drop-${name}.txt`, { type: "text/plain" }));
    return data;
  }, own(info));
  await page.dispatchEvent("body", "drop", { dataTransfer: held });
  await expect(page.getByText("1 of 1 done.")).toBeVisible();
  await page.getByRole("link", { name: "Talks three " + own(info) }).first().click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Talks three " + own(info));
});

test("records are confirmed, rejected and amended, and still so after a second reading", async ({ page, context }, info) => {
  const title = "Session held " + own(info);
  const text = `Germany criticised Hungary on Tuesday in a ${own(info)} session. Poland praised Romania on Wednesday. Sweden accused Norway on Thursday.`;
  await paste(page, title, text);
  await record(page, /ACCUSE Germany → Hungary/i).click();
  await page.getByLabel("Your name").fill("A. Reader");
  await page.getByRole("button", { name: "Confirm" }).click();
  await expect(page.getByText("A. Reader: confirmed")).toBeVisible();

  await record(page, /SUPPORT Poland → Romania/i).click();
  await page.getByLabel("Reason").fill("it was Bulgaria");
  await page.getByRole("button", { name: "Reject" }).click();
  await expect(page.getByText("A. Reader: rejected, “it was Bulgaria”")).toBeVisible();

  await record(page, /ACCUSE Sweden → Norway/i).click();
  await page.getByRole("button", { name: "Amend" }).click();
  await page.getByLabel("Type").selectOption("THREATEN");
  await page.getByLabel("To whom: name").fill("Germany");
  await page.getByLabel("To whom: name").blur();
  await expect(page.getByLabel("To whom: code")).toHaveValue("DEU"); // the article knows Germany
  await page.getByRole("button", { name: "Keep the amendment" }).click();
  await expect(page.getByText("type: THREATEN, not ACCUSE")).toBeVisible();
  await expect(page.getByText("to whom: Germany DEU, not Norway NOR")).toBeVisible();

  // The same article read by another version of the reader: one with a list of actors of its own.
  const [lines, actors] = [info.outputPath("again.jsonl"), info.outputPath("actors.csv")];
  writeFileSync(lines, JSON.stringify({ title, source: "Test Wire", text }) + "\n");
  writeFileSync(actors, "name,code\nSession Committee,DEULEG\n");
  execFileSync("../bin/chancery", ["read", lines, "--actors", actors, "--quiet", "--db", db]);
  const other = await context.newPage();
  await other.goto(new URL(await address(page)).pathname);
  await expect(record(other, /ACCUSE Germany → Hungary ✓ confirmed/i)).toBeVisible();
  await expect(record(other, /SUPPORT Poland → Romania ✕ rejected/i)).toBeVisible();
  await expect(record(other, /THREATEN Sweden → Germany ✎ amended/i)).toBeVisible();

  // What was said is listed, and can be taken back.
  await other.goto("/corrections");
  const row = other.getByRole("row").filter({ hasText: "it was Bulgaria" }).filter({ hasText: title });
  await expect(row).toContainText("applies");
  await row.getByRole("button", { name: "Undo" }).click();
  await expect(row).toContainText("taken back");
  await other.goto(new URL(await address(page)).pathname);
  await expect(record(other, /SUPPORT Poland → Romania$/i)).toBeVisible();
});

test("an article is worked through with the keyboard alone", async ({ page }, info) => {
  await paste(page, "Keys " + own(info), `Germany criticised Hungary on Tuesday in a ${own(info)} hall. Poland praised Romania on Wednesday.`);
  await page.evaluate(() => localStorage.setItem("who", "K. Board"));
  await page.keyboard.press("j");
  await expect(record(page, /ACCUSE Germany → Hungary/i)).toHaveAttribute("aria-expanded", "true");
  await page.keyboard.press("r");
  await expect(record(page, /Germany → Hungary ✕ rejected/i)).toBeVisible();
  await page.keyboard.press("u");
  await expect(record(page, /Germany → Hungary$/i)).toBeVisible();
  await page.keyboard.press("j");
  await page.keyboard.press("c");
  await expect(record(page, /Poland → Romania ✓ confirmed/i)).toBeVisible();
  await page.keyboard.press("k");
  await expect(record(page, /ACCUSE Germany → Hungary/i)).toHaveAttribute("aria-expanded", "true");
  await page.keyboard.press("Escape");
  await expect.poll(() => parameter(page, "r")).toBeNull();
});

test("the notes of the margin stand beside the text and never over each other", async ({ page }, info) => {
  test.skip(info.project.name === "narrow", "on narrow screens the notes follow their paragraph");
  const rich = (await (await page.request.get("/api/v1/articles")).json()).items.sort((a: { events: number }, b: { events: number }) => b.events - a.events)[0];
  await page.goto("/articles/" + rich.id);
  await opened(page);
  const text = page.locator(".text p").first();
  // Read in one go, for the page may still be scrolling to a note.
  const place = () => text.evaluate((e) => ({ top: e.getBoundingClientRect().top + scrollY, height: e.getBoundingClientRect().height }));
  const before = await place();
  for (let i = 0; i < 4; i++) {
    await page.keyboard.press("j");
    await expect.poll(async () => {
      const boxes = await page.locator(".note").evaluateAll((all) => all.map((n) => n.getBoundingClientRect()).map((r) => [r.top, r.bottom]));
      return boxes.every(([top], k) => k === 0 || top! >= boxes[k - 1]![1]! - 1);
    }).toBe(true);
  }
  const after = await place();
  expect(after.top).toBeCloseTo(before.top, 0); // an open note moves no text
  expect(after.height).toBe(before.height);
});

test("lines that are given in return are tied", async ({ page }) => {
  await page.goto("/ledger/USA/PAK");
  await opened(page);
  await expect.poll(() => page.locator(".book svg path").count()).toBeGreaterThan(2);
  const line = page.locator(".line .head").first();
  await line.click();
  await expect(line).toHaveAttribute("aria-expanded", "true");
  await expect.poll(() => parameter(page, "line")).not.toBeNull();
  await page.locator(".line ol a").first().click();
  await expect(page.locator(".note[data-selected]")).toBeVisible();
});

test("a brief of the period opens from the ledger", async ({ page, context }) => {
  await page.goto("/ledger/USA/PAK?since=2025-06");
  await opened(page);
  const [brief] = await Promise.all([context.waitForEvent("page"), page.getByRole("link", { name: "Brief", exact: true }).click()]);
  await brief.waitForLoadState();
  await expect.poll(() => parameter(brief, "since")).toBe("2025-06");
  await expect(brief.getByRole("heading", { level: 1 })).toContainText("Pakistan");
});

test("a stretch of the relation is brushed and everything follows", async ({ page }, info) => {
  await page.goto("/relation/USA/PAK");
  await opened(page);
  const total = () => page.getByRole("row", { name: /^together (happenings )?\d/ }).locator("td").nth(1).innerText();
  const all = Number(await total());
  if (info.project.name === "wide") {
    const box = (await page.locator(".chart").boundingBox())!;
    await page.mouse.move(box.x + box.width * 0.1, box.y + 60);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.35, box.y + 60, { steps: 4 });
    await page.mouse.up();
  } else {
    await page.getByRole("slider", { name: "End of the period" }).focus();
    for (let i = 0; i < 6; i++) await page.keyboard.press("ArrowLeft");
  }
  await expect.poll(() => parameter(page, "until")).not.toBeNull();
  await expect(page.getByRole("heading", { name: /What it amounts to, .*to / })).toBeVisible();
  await expect.poll(async () => Number(await total())).toBeLessThan(all);
  const until = (await parameter(page, "until"))!;
  // What is dated by the year alone may have been within it.
  const month = (shown: string) => Date.parse("1 " + shown.split(" ").slice(-2).join(" ") + " UTC");
  await expect.poll(async () => (await page.locator(".events .label").allInnerTexts()).filter((shown) => shown.length > 4 && !(month(shown) <= Date.parse(until + "-01")))).toEqual([]);
  const handle = page.getByRole("slider", { name: "Beginning of the period" });
  await handle.focus();
  const since = await parameter(page, "since");
  await page.keyboard.press("ArrowRight");
  await expect.poll(() => parameter(page, "since")).not.toBe(since);
  await page.getByRole("button", { name: "Draw this period alone" }).click();
  await expect(page.getByRole("slider", { name: "Beginning of the period" })).toHaveAttribute("aria-valuenow", "0"); // the line begins with the period
  await page.getByRole("button", { name: "All time" }).click();
  await expect.poll(async () => Number(await total())).toBe(all);
  await expect.poll(() => parameter(page, "zoom")).toBeNull();
});

test("the blocs are stepped through by quarter", async ({ page }) => {
  await page.goto("/blocs?least=1");
  await opened(page);
  await page.getByRole("button", { name: "Quarter by quarter" }).click();
  await expect.poll(() => parameter(page, "since")).toMatch(/^\d{4}-(01|04|07|10)$/);
  const first = await parameter(page, "since");
  await page.getByRole("button", { name: "The period before" }).click();
  await expect.poll(() => parameter(page, "since")).not.toBe(first);
  await page.getByRole("button", { name: "The period after" }).click();
  await expect.poll(() => parameter(page, "since")).toBe(first);
});

test("a number changed in a what-if stands in the address and changes the outcome", async ({ page, context }) => {
  await page.goto("/whatif?draws=0");
  const number = page.getByLabel("United States, American arms for Pakistan: position");
  await number.fill("95");
  await number.blur();
  await page.getByRole("button", { name: "Run", exact: true }).click();
  await expect(page.getByRole("heading", { name: "What the change does" })).toBeVisible();
  const cells = await page.locator(".differs tr", { hasText: "American arms for Pakistan" }).locator("td").allTextContents();
  expect(Number(cells[2])).toBeGreaterThan(Number(cells[1]));
  const other = await context.newPage();
  await other.goto(await address(page));
  await expect(other.getByLabel("United States, American arms for Pakistan: position")).toHaveValue("95");
  await expect(other.getByRole("heading", { name: "What the change does" })).toBeVisible();
  await other.getByRole("button", { name: "Undo 1 change" }).click();
  await expect(other.getByRole("heading", { name: "What the change does" })).toHaveCount(0);
});

test("a table of one’s own and a written change stand in the address", async ({ page, context }) => {
  await page.goto("/whatif?draws=0");
  await page.getByRole("button", { name: "Try the example’s offer" }).click();
  await expect(page.getByRole("heading", { name: "What the change does" })).toBeVisible();
  await page.getByRole("button", { name: "Edit the whole table" }).click();
  const editor = page.getByLabel("The table, in YAML");
  await editor.fill((await editor.inputValue()).replace(/^title: .*$/m, "title: A table of my own"));
  await page.getByRole("button", { name: "Use this table" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("A table of my own");
  const other = await context.newPage();
  await other.goto(await address(page));
  await expect(other.getByRole("heading", { level: 1 })).toHaveText("A table of my own");
  await expect(other.getByRole("heading", { name: "What the change does" })).toBeVisible();
  await other.goto((await address(page)).replace(/t=.{40}/, "t="));
  await expect(other.getByRole("alert")).toContainText("cut short");
});

test("a table drafted from the record asks for what the record does not show", async ({ page, context }) => {
  await page.goto("/ledger/USA/PAK?since=2025");
  await page.getByRole("link", { name: "What the models make of it" }).click();
  await expect(page.getByText(/numbers are not in the record/)).toBeVisible();
  await expect(page.getByRole("button", { name: "Run", exact: true })).toBeDisabled();
  await page.getByLabel("Pakistan: capability").fill("3");
  await page.getByLabel("Pakistan: capability").blur();
  await page.getByRole("button", { name: "let the rest be anything" }).click();
  await expect(page.getByRole("heading", { name: "Where issues go" })).toBeVisible();
  const other = await context.newPage();
  await other.goto(await address(page));
  await expect(other.getByLabel("Pakistan: capability")).toHaveValue("3");
  await expect(other.getByRole("heading", { name: "Where issues go" })).toBeVisible();
});

test("a forecast that is due is settled, and that is undone", async ({ page }, info) => {
  await page.goto("/forecasts?outlook=due");
  await opened(page);
  const rows = page.getByRole("row").filter({ has: page.getByRole("button", { name: "Settle" }) });
  const row = info.project.name === "wide" ? rows.first() : rows.last(); // the two projects share the record
  const foretold = (await row.locator(".about a").innerText()).trim();
  await row.getByRole("button", { name: "Settle" }).click();
  const id = await parameter(page, "settle");
  await page.goto(await address(page)); // the open form stands in the address
  await page.getByLabel("✕ did not").check();
  await page.getByLabel("Why").fill("nothing of the kind was seen");
  await page.getByRole("button", { name: "Settle it" }).click();
  await expect(page.getByText(foretold)).toHaveCount(0); // it is no longer due
  await page.getByLabel("Which").selectOption("settled");
  const settled = page.getByRole("row").filter({ hasText: foretold });
  await expect(settled).toContainText("did not");
  await expect(page.getByText("nothing of the kind was seen").first()).toBeVisible();
  await settled.getByRole("button", { name: /undo/ }).click();
  await expect(page.getByText(foretold)).toHaveCount(0);
  await page.goto("/forecasts?outlook=due&settle=" + id);
  await expect(page.getByRole("row").filter({ hasText: foretold })).toBeVisible();
});

test("home says what deserves a look and leads there", async ({ page }) => {
  await page.goto("/");
  await opened(page);
  const look = page.locator(".look");
  await expect(look.getByRole("link", { name: /forecast due/ }).first()).toBeVisible();
  await look.getByRole("link", { name: /numbers disagree/ }).first().click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Findings");
  await expect(page.locator("article.chosen")).toBeInViewport();
});

test("search finds words, explains its operators and says when it cannot", async ({ page }) => {
  const wrong = watch(page);
  await page.goto("/search");
  await page.getByRole("link", { name: '"army chief"' }).click();
  await expect(page.locator("mark").first()).toHaveText(/army chief/i);
  await page.getByLabel("Words").fill("port");
  await page.getByRole("button", { name: "Search" }).click();
  await expect(page.locator("mark").first()).toHaveText(/ports?/i);
  await expect.poll(() => parameter(page, "q")).toBe("port");
  expect(wrong).toEqual([]);
  await page.getByLabel("Words").fill('"');
  await page.getByRole("button", { name: "Search" }).click();
  await expect(page.getByRole("alert")).toContainText("cannot search for");
});
