import type { Browser, Page } from "playwright-core";
import { describeInChromium, launchChromium } from "../../support/chromium";
import { buildImage, push, removeImages } from "../docker/test-image";
import { TestInstance } from "../docker/test-instance";

const HTML = "<img src=x onerror=document.title=1> & <b>bold</b>";
/** Folder for screenshots; none if it is not set. */
const pictures = process.env.SCREENSHOTS;

describeInChromium("the page in Chromium", () => {
  let test: TestInstance;
  let browser: Browser;
  const tags: string[] = [];
  const errors: string[] = [];

  beforeAll(async () => {
    test = await TestInstance.start();
    browser = await launchChromium();
    await test.addApp("sketches");
    await test.addApp("other-app");
    const web = await pushed("web", "COPY server.pl /", 'CMD ["perl", "/server.pl"]');
    const notify = `RUN echo "echo '${HTML}'; exec sleep 600" > /notify`;
    const worker = await pushed("worker", notify, 'CMD ["sh", "/notify"]');
    const database = await test.addAddon("sketches", "heroku-postgresql");
    await test.addAddon("sketches", "heroku-redis");
    await test.call("PATCH", "/apps/sketches/config-vars", { GREETING: "a secret value" });
    await test.release("sketches", { web, worker });
    const updates = [
      { type: "web", quantity: 2, size: "Standard-1X" },
      { type: "worker", quantity: 1, size: "Standard-1X" },
    ];
    await test.call("PATCH", "/apps/sketches/formation", { updates });
    await test.call("POST", `/client/v11/databases/${database.id}/backups`);
  });

  afterAll(async () => {
    await browser?.close();
    await test?.destroy();
    await removeImages(...tags);
  });

  async function pushed(type: string, ...instructions: string[]): Promise<string> {
    const tag = `${test.host}/sketches/${type}`;
    tags.push(tag);
    const image = await buildImage(tag, ...instructions);
    await push(tag, "local-heroku");
    return image;
  }

  async function open(options: Parameters<Browser["newContext"]>[0] = {}): Promise<Page> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
    const page = await context.newPage();
    page.on("pageerror", (error) => errors.push(error.message));
    page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
    await page.goto(`${test.url}/#/sketches`);
    await page.waitForFunction(() => document.querySelectorAll("#log div").length > 0);
    return page;
  }

  const picture = async (page: Page, name: string) => {
    if (pictures !== undefined) await page.screenshot({ path: `${pictures}/${name}.png`, fullPage: true });
  };
  const table = (page: Page, caption: string) =>
    page.locator("table", { has: page.locator("caption", { hasText: caption }) });

  it("shows apps, dynos, releases, add-ons with their figures, and backups", async () => {
    const page = await open();

    await table(page, "Dynos")
      .getByRole("row", { name: /^web\.2 up Standard-1X/ })
      .waitFor();
    await table(page, "Backups")
      .getByRole("row", { name: /^1 completed DATABASE BACKUP/ })
      .waitFor();
    await table(page, "Add-ons")
      .getByRole("row", { name: /Connections \d+\/20\s*Memory .*%\s*Hit Rate .*%/ })
      .waitFor();
    await table(page, "Add-ons")
      .getByRole("row", { name: /heroku-postgresql:essential-0 .*Data Size .* MB/ })
      .waitFor();
    expect(await table(page, "Releases").getByRole("row").nth(1).textContent()).toMatch(/^v\d+current(Set|Deployed)/);
    expect(await table(page, "Apps").getByRole("rowheader").allTextContents()).toEqual(["sketches", "other-app"]);
    expect(await page.content()).not.toContain("a secret value");
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      await picture(page, colorScheme);
    }
    await page.context().close();
  });

  it("shows an app's output as text", async () => {
    const page = await open();

    await page.locator("#log div", { hasText: HTML }).first().waitFor();
    expect(await page.locator("#log img, #log b").count()).toBe(0);
    expect(await page.title()).toBe("Local Heroku");
    await page.context().close();
  });

  it("shows new log lines and requests, and holds them back while it is paused", async () => {
    const page = await open();

    await test.call("PATCH", "/apps/sketches/config-vars", { LIVE: "1" });

    await page.locator("#requests div", { hasText: "PATCH /apps/sketches/config-vars" }).last().waitFor();
    await page
      .locator("#log div", { hasText: "Set LIVE config vars" })
      .or(page.locator("#log div", { hasText: "created by user" }))
      .last()
      .waitFor();
    await page.getByRole("button", { name: "pause" }).last().click();
    const before = await page.locator("#requests div").count();
    await test.call("GET", "/account/rate-limits");
    await page.getByRole("button", { name: "pause" }).last().click();
    await page.locator("#requests div", { hasText: "GET /account/rate-limits" }).waitFor();
    expect(await page.locator("#requests div").count()).toBeGreaterThan(before);
    await page.context().close();
  });

  it("can be used by keyboard", async () => {
    const page = await open();
    const link = page.getByRole("link", { name: "other-app", exact: true });
    await link.focus();
    await page.keyboard.press("Enter");

    await page.getByRole("heading", { name: "other-app", level: 2 }).waitFor();
    await page.locator("#log div", { hasText: "Release v2 created by user dev@localhost" }).waitFor();
    expect(await link.getAttribute("aria-current")).toBe("page");
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("other-app");
    await page.context().close();
  });

  it("fits a screen of 390 px, light and dark", async () => {
    for (const colorScheme of ["light", "dark"] as const) {
      const page = await open({ viewport: { width: 390, height: 844 }, colorScheme });
      await table(page, "Dynos")
        .getByRole("row", { name: /web\.2/ })
        .waitFor();
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
      await picture(page, `narrow-${colorScheme}`);
      await page.context().close();
    }
  });

  it.each([600, 900, 1160, 1280])("shows every column on a screen of %i px", async (width) => {
    const page = await open({ viewport: { width, height: 900 } });
    await table(page, "Backups")
      .getByRole("row", { name: /^1 completed/ })
      .waitFor();
    const sizes = await page.locator("main .table").evaluateAll((boxes) =>
      boxes.map((box) => ({
        isCutOff: box.scrollWidth > box.clientWidth,
        tallestRow: Math.max(...[...box.querySelectorAll("tr")].map((row) => row.getBoundingClientRect().height)),
      })),
    );

    expect(sizes.map(({ isCutOff }) => isCutOff)).toEqual([false, false, false, false]);
    // At most five lines of text: a column that is squeezed to a few letters has dozens.
    for (const { tallestRow } of sizes) expect(tallestRow).toBeLessThan(125);
    await page.context().close();
  });

  it("complies with its content security policy and throws no error", () => {
    expect(errors).toEqual([]);
  });
});
