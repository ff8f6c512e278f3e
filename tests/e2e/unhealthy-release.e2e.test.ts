import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { LocalHerokuProcess } from "../support/local-heroku-process";
import { otherAppConfig, writeOtherApp } from "../support/other-app";
import { StackDriver } from "../support/stack-driver";
import { visit } from "../support/visitor";

const APP = "fragile-app";

interface Release {
  version: number;
  status: string;
  current: boolean;
}

/** Whatever is wrong with a release: the former one serves, `up` says what was seen, and the next one goes on. */
describe("a release that is not well", () => {
  let heroku: LocalHerokuProcess;
  let stack: StackDriver;
  let app: string;

  /** Writes the app anew, with another page, and puts other text in a file of it. */
  const write = (page: string, file?: string, ...[text = "", other = ""]: string[]) => {
    writeOtherApp(stack.folder, "0", page);
    if (file === undefined) return;
    const path = join(stack.folder, "other", file);
    const before = readFileSync(path, "utf8");
    expect(before).toContain(text);
    writeFileSync(path, before.replace(text, other));
  };
  /** Puts a script into the release phase on Heroku. */
  const releasePhase = (script: string) => ["Dockerfile", "exit $(cat /verdict)", script] as const;
  const fails = async () => {
    const { code, output } = await stack.run("up", "--yes", "--skip-preview");
    expect(code).not.toBe(0);
    return output;
  };
  const page = async () => (await visit(`${app}/`)).body;
  const releases = () => heroku.api<Release[]>("GET", `/apps/${APP}/releases`);
  const live = async () => (await releases()).find(({ current }) => current)?.version;

  beforeAll(async () => {
    heroku = await LocalHerokuProcess.start();
    stack = await StackDriver.create("local", heroku.url, {
      ...otherAppConfig,
      "skechwime:appName": APP,
      "skechwime:healthCheck": { timeout: 8 },
    });
    write("one");
    await stack.up();
    app = `http://${APP}.localhost:${heroku.port}`;
  });

  afterAll(async () => {
    await heroku?.destroy();
    stack?.remove();
  });

  it("is taken back when its health route tells another release, with what it answered", async () => {
    const former = await live();
    write("two", "serve.pl", "$ENV{HEROKU_RELEASE_VERSION}", "v1");
    const output = await fails();
    expect(output).toContain(
      `GET ${app}/ok must return 200 from release v${Number(former) + 1} on web.1 within 8 s, got 200 from release v1; ` +
        "correct what it reports and run `pulumi up` again",
    );
    expect(output).toContain(`v${Number(former) + 2} has put the images of v${former} back: they are live now`);
    expect(await page()).toBe("one");
    expect(await stack.preview()).toEqual([{ op: "update", resource: "ContainerRelease release" }]);
  });

  it("is taken back when its dynos crash, with the last lines of the log", async () => {
    const former = await live();
    write("three", "serve.pl", "my $server", 'die "no such table\\n" if $ENV{HEROKU_RELEASE_VERSION};\nmy $server');
    const output = await fails();
    expect(output).toContain(`dyno web.1 of app "${APP}" must be up, got "crashed"`);
    expect(output).toMatch(/last lines of web\.1's log:\n(.*\n)*.*app\[web\.1\]: no such table/);
    expect(output).toContain(`v${Number(former) + 2} has put the images of`);
    expect(await page()).toBe("one");
  });

  it("never becomes one while its release phase hangs", async () => {
    const former = await live();
    stack.configure({ "skechwime:releaseTimeout": 5 });
    write("four", ...releasePhase("echo waiting for a lock; trap 'exit 0' TERM; sleep 600 & wait"));
    const output = await fails();
    expect(output).toContain(
      `release v${Number(former) + 1} of app "${APP}" must succeed, got a release phase that ran longer than 5 s and was stopped; ` +
        "correct what its release phase reports, or set a longer releaseTimeout, and run `pulumi up` again",
    );
    expect(output).toMatch(/last output of its release phase:\n\s+migrating the other app\n\s+waiting for a lock\n/);
    expect(output).toContain(`live now is v${former} (`);
    expect(await live()).toBe(former);
    expect(await page()).toBe("one");
  });

  it("shows the end of a release phase that prints without measure", async () => {
    stack.configure({ "skechwime:releaseTimeout": 600 });
    write("five", ...releasePhase("perl -e 'print qq(noise $_\\\\n) for 1..900000'; echo it is too much; exit 3"));
    const output = await fails();
    expect(output).toMatch(/last output of its release phase:\n(\s+noise \d+\n)+\s+noise 900000\n\s+it is too much\n/);
    expect(await page()).toBe("one");
  });

  it("is followed by one that is well, as soon as the cause is mended", async () => {
    write("six");
    await stack.up();
    expect(await page()).toBe("six");
    expect(await stack.preview()).toEqual([]);
    expect((await releases()).every(({ status }) => status !== "pending")).toBe(true);
  });

  it("is not made twice by two updates at once: the second says who is at it, the first ends right", async () => {
    write("seven");
    await heroku.control("POST", "/faults", { method: "PATCH", path: "/formation$", delay: 10_000 });
    const { result } = stack.start(["up", "--yes", "--skip-preview"]);
    while ((await heroku.control<{ matched: number }[]>("GET", "/faults"))[0]?.matched === 0) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect(await fails()).toContain("the stack is currently locked by 1 lock(s)");
    expect(await result).toMatchObject({ code: 0 });
    expect(await page()).toBe("seven");
    expect(await stack.preview()).toEqual([]);
  });

  it("counts as well when nobody is to ask, which the preview says", async () => {
    stack.configure({ "skechwime:healthCheck": { enabled: false } });
    write("eight", "serve.pl", "$ENV{HEROKU_RELEASE_VERSION}", "v1");
    const warning = "the health check is disabled: a release is considered healthy as soon as its dynos are up";
    expect(await stack.succeed("preview")).toContain(warning);
    expect(await stack.up()).toContain(warning);
    expect(await page()).toBe("eight");
    await stack.destroy();
    expect(await heroku.api("GET", "/apps")).toEqual([]);
  });
});
