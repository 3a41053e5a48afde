import { expect, test } from "@playwright/test";
import { address, faults, opened, own, paste, watch } from "./pages";
import { guarded, token } from "./places";

test("script in a title, a body, a byline, a source, a correction and an address never runs", async ({ page }, info) => {
  test.slow(); // many addresses
  const wrong = watch(page);
  // What the content policy refused would be a script that the page had let in.
  await page.addInitScript(() => {
    const seen: string[] = [];
    Object.assign(window, { refused: seen });
    document.addEventListener("securitypolicyviolation", (e) => seen.push(e.violatedDirective + " " + e.blockedURI));
  });
  const bait = `<img src=x onerror="window.ran=1"><script>window.ran=1</script><svg onload="window.ran=1"></svg>`;
  const name = "Bait " + own(info) + " ";
  await paste(page, name + bait, `France praised Spain ${bait} on Friday ${own(info)}. ${bait}`, bait, bait);
  const article = new URL(await address(page)).pathname;
  await page.getByRole("button", { name: /SUPPORT France/i }).first().click();
  await page.getByLabel("Your name").fill(bait);
  await page.getByLabel("Reason").fill(bait);
  await page.getByRole("button", { name: "Confirm" }).click();
  await expect(page.getByText(/confirmed, “<img/)).toBeVisible();
  await page.getByRole("button", { name: "Amend" }).click();
  await page.getByLabel("To whom: name").fill(bait);
  await page.getByRole("button", { name: "Keep the amendment" }).click();
  await expect(page.getByText(/to whom: <img/)).toBeVisible();
  const quoted = encodeURIComponent(bait);
  const addresses = [
    article, "/", "/articles", "/corrections", "/search?q=Bait", "/accounts?min_voices=1", "/accounts/sources?source=" + quoted, `/articles?source=${quoted}`,
    `/ledger/${quoted}/${quoted}`, `/relation/${quoted}/PAK?since=${quoted}`, `/accounts/${quoted}`, `/accounts/findings?kind=${quoted}#${quoted}`, `/blocs?since=${quoted}`,
    `/whatif?from=${quoted},PAK#t=${quoted}&p=${quoted}`, `/search?q=${quoted}`, `/articles/${quoted}?r=${quoted}`, `/forecasts?holder=${quoted}`, `/${quoted}`, "/javascript:window.ran=1",
  ];
  for (const at of addresses) {
    await page.goto(at);
    await opened(page);
    expect(await page.evaluate(() => [(window as unknown as { refused: string[] }).refused, "ran" in window, document.querySelectorAll("main img, main script, main [onload], main [onerror]").length]), at).toEqual([[], false, 0]);
  }
  // The server's refusals of nonsense are expected; nothing else may have gone wrong.
  expect(wrong.filter((w) => !/the server responded with a status of 4\d\d/.test(w))).toEqual([]);
});

test("a server with a token asks for it, refuses a wrong one and keeps the right one for the tab", async ({ page, context }) => {
  const at = `http://${guarded}`;
  await page.goto(at + "/articles");
  await expect(page.getByRole("heading", { level: 1 }).first()).toHaveText("This server asks for its token");
  expect(await faults(page)).toEqual([]);
  await page.getByLabel("Token").fill("not the token");
  await page.getByRole("button", { name: "Enter" }).click();
  await expect(page.getByRole("alert").first()).toContainText("not this server's");
  await page.getByLabel("Token").fill(token);
  await page.getByRole("button", { name: "Enter" }).click();
  await expect(page.getByRole("link", { name: "Ministers meet in Vienna" })).toBeVisible();
  await page.getByRole("link", { name: "Ministers meet in Vienna" }).click();
  await expect(page.getByRole("button", { name: /SUPPORT Austria → Slovenia/i })).toBeVisible();
  // A brief that a link could not ask for comes as a file.
  await page.goto(at + "/ledger/AUT/SVN");
  await opened(page);
  const [saved] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "Brief as Markdown" }).click()]);
  expect(saved.suggestedFilename()).toBe("AUT-SVN.md");
  const other = await context.newPage();
  await other.goto(at + "/");
  await expect(other.getByRole("heading", { level: 1 }).first()).toHaveText("This server asks for its token");
});
