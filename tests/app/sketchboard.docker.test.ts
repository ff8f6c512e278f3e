import type { Browser } from "playwright-core";
import { describeInChromium, launchChromium } from "../support/chromium";
import { BoardPage, Skechwime } from "../support/sketchboard";

jest.setTimeout(180_000);

describeInChromium("Sketchboard", () => {
  let skechwime: Skechwime;
  let browser: Browser;

  beforeAll(async () => {
    [skechwime, browser] = await Promise.all([Skechwime.start(), launchChromium()]);
  }, 600_000);

  afterAll(async () => {
    await browser?.close();
    await skechwime?.remove();
  });

  const open = (board: string, options?: Parameters<typeof BoardPage.open>[2]) =>
    BoardPage.open(browser, `${skechwime.url}/boards/${board}`, options);

  /** Draws short lines until `stop`, and answers how many. */
  function keepDrawing(board: BoardPage): { stop: () => Promise<number> } {
    let going = true;
    const drawn = (async () => {
      let count = 0;
      for (; going; count += 1) {
        const [x, y] = [60 + ((count * 37) % 500), 80 + ((count * 53) % 380)];
        await board.draw([x, y], [x + 40, y + 10], [x + 60, y + 40]);
        await board.page.waitForTimeout(50);
      }
      return count;
    })();
    return {
      stop: () => {
        going = false;
        return drawn;
      },
    };
  }

  it("shows a line in the other window while it is drawn, and keeps it over a restart", async () => {
    const [here, there] = [await open("shared"), await open("shared")];
    await there.shows({ people: 2 });
    const before = await there.page.screenshot();
    await here.page.mouse.move(200, 200);
    await here.page.mouse.down();
    await here.page.mouse.move(400, 300, { steps: 10 });
    await here.page.mouse.move(300, 400, { steps: 10 });
    await there.page.waitForTimeout(500);
    expect((await there.page.screenshot()).equals(before)).toBe(false);
    expect(await there.state()).toEqual({ state: "live", people: 2, waiting: 0, strokes: 0 });
    await here.page.mouse.up();
    await there.shows({ strokes: 1 });
    await Promise.all([here.close(), there.close()]);

    await skechwime.restart();
    const later = await open("shared");
    await later.shows({ strokes: 1, people: 1 });
    await later.close();
  });

  it("loses and doubles no stroke while the server is stopped, killed, frozen and out of reach", async () => {
    const boards = [await open("stormy"), await open("stormy"), await open("stormy")];
    const [first, second, third] = boards;
    const pens = boards.map(keepDrawing);
    await skechwime.restart();
    await first?.page.waitForTimeout(2000);
    await skechwime.kill();
    await first?.page.waitForTimeout(2000);
    await second?.page.context().setOffline(true);
    await second?.shows({ state: "offline" });
    await second?.page.waitForTimeout(1500);
    expect((await second?.state())?.waiting).toBeGreaterThan(0);
    await second?.page.context().setOffline(false);
    await skechwime.freeze(3000);
    const drawn = (await Promise.all(pens.map(({ stop }) => stop()))).reduce((sum, count) => sum + count, 0);

    // A reload while strokes are waiting must not lose them either.
    await third?.page.context().setOffline(true);
    await third?.shows({ state: "offline" });
    await third?.draw([100, 100], [200, 150]);
    await third?.page.context().setOffline(false);
    await third?.reload();

    for (const board of boards) await board.shows({ state: "live", waiting: 0, strokes: drawn + 1 });
    const fresh = await open("stormy");
    await fresh.shows({ strokes: drawn + 1 });
    expect(boards.flatMap(({ errors }) => errors)).toEqual([]);
    await Promise.all([...boards, fresh].map((board) => board.close()));
  });

  it("takes back one's own last stroke only, and clears the board for everyone after asking", async () => {
    const [here, there] = [await open("tidy"), await open("tidy")];
    await here.draw([100, 100], [200, 200]);
    await there.shows({ strokes: 1 });
    await there.draw([300, 100], [300, 300]);
    await here.shows({ strokes: 2 });
    await here.page.keyboard.press("Control+z");
    await there.shows({ strokes: 1 });
    expect(await here.page.isDisabled("#undo")).toBe(true);
    await here.draw([100, 100], [200, 200]);
    await there.shows({ strokes: 2 });
    await there.page.click("#clear");
    await there.page.click("dialog button[value=keep]");
    await there.page.click("#clear");
    await there.page.click("dialog button[value=clear]");
    await here.shows({ strokes: 0, waiting: 0 });
    await there.shows({ strokes: 0, waiting: 0 });
    await Promise.all([here.close(), there.close()]);
  });

  it("draws with one finger and moves the sheet with two", async () => {
    const phone = await open("touched", { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
    const client = await phone.page.context().newCDPSession(phone.page);
    const touch = (type: "touchStart" | "touchMove" | "touchEnd", ...points: [number, number][]) =>
      client.send("Input.dispatchTouchEvent", { type, touchPoints: points.map(([x, y], id) => ({ x, y, id })) });
    await touch("touchStart", [100, 300]);
    for (let x = 110; x <= 250; x += 20) await touch("touchMove", [x, 320]);
    await touch("touchEnd");
    await phone.shows({ strokes: 1, waiting: 0 });

    const before = await phone.page.screenshot();
    await touch("touchStart", [150, 400]);
    await touch("touchStart", [150, 400], [250, 400]);
    for (let by = 10; by <= 60; by += 10) await touch("touchMove", [150 - by, 400], [250 + by, 400]);
    await touch("touchEnd");
    await phone.page.waitForTimeout(200);
    expect((await phone.page.screenshot()).equals(before)).toBe(false);
    expect(await phone.state()).toEqual({ state: "live", people: 1, waiting: 0, strokes: 1 });
    await phone.close();
  });

  it("asks for a change that got lost although later ones keep coming", async () => {
    const board = await open("gaps");
    const source = await board.page.evaluate(
      () => performance.getEntriesByType("resource").find(({ name }) => name.includes("/session."))?.name,
    );
    // As text, because Jest's compiler would make a `require` of it.
    const module = await board.page.evaluateHandle<Record<string, new (...args: unknown[]) => unknown>>(
      `import("${source}")`,
    );
    const asked = await module.evaluate(async ({ Session }) => {
      if (!Session) throw new Error("there is no Session");
      const connection = new EventTarget();
      const sent: unknown[] = [];
      Object.assign(connection, { send: (message: unknown) => sent.push(message), settled: () => undefined });
      const drawing = { strokes: new Map(), add: () => undefined, erase: () => undefined };
      new Session(connection, drawing, [], "author");
      const receive = (detail: unknown) => connection.dispatchEvent(new CustomEvent("message", { detail }));
      receive({ type: "sync", seq: 1, strokes: [], erased: [], last: true, reset: false });
      for (let seq = 3; seq < 23; seq += 1) {
        receive({ type: "erase", seq, ids: [] });
        await new Promise((resolve) => setTimeout(resolve, 40));
      }
      return sent;
    });
    expect(asked.slice(0, 1)).toEqual([{ type: "join", after: 1 }]);
    await board.close();
  });
});
