import { TestApps } from "../docker/test-apps";
import { buildImage } from "../docker/test-image";

/** Reads its port from its first argument, where another server reads PORT. */
const SERVE_ON = String.raw`perl -MIO::Socket::INET -e 'my $s = IO::Socket::INET->new(Listen => 5, LocalAddr => "0.0.0.0", LocalPort => $ARGV[-1]) or die; while (my $c = $s->accept) { print $c "HTTP/1.0 200 OK\r\n\r\nup"; close $c }'`;

describe("commands of images", () => {
  let apps: TestApps;
  beforeAll(async () => {
    apps = await TestApps.start();
  });
  afterAll(async () => expect(await apps?.destroy()).toEqual([]));

  const deploy = async (app: string, ...instructions: string[]) => {
    await apps.test.addApp(app);
    const image = await apps.pushed(app, "web", (tag) => buildImage(tag, ...instructions));
    await apps.test.release(app, { web: image });
  };
  const command = async (app: string) => {
    const [row] = await apps.test.call<{ command: string }[]>("GET", `/apps/${app}/formation`);
    return row?.command;
  };
  const script = (name: string, text: string) => [
    `RUN ["/bin/sh", "-c", ${JSON.stringify(`printf '%s\\n' '#!/bin/sh' ${shellQuoted(text)} > ${name}`)}]`,
    `RUN ["/usr/bin/perl", "-e", "chmod 0755, '${name}'"]`,
  ];

  it("replaces $PORT in an array", async () => {
    await deploy("in-array", ...script("/serve-on", `exec ${SERVE_ON} "$@"`), 'CMD ["/serve-on", "$PORT"]');

    await apps.test.until(() => apps.isUp("in-array"));

    expect((await apps.visit("in-array")).text).toBe("up");
    expect(await command("in-array")).toBe("/serve-on \\$PORT");
    expect(await apps.test.logLines("in-array")).toContainEqual(
      expect.stringMatching(/^heroku\[web\.1\]: Starting process with command `\/serve-on \\\d+`$/),
    );
  });

  it("gives an ENTRYPOINT the command's words", async () => {
    await deploy(
      "entered",
      ...script("/entrypoint", 'echo "given $#: $1"\nexec "$@"'),
      ...script("/serve-on", `exec ${SERVE_ON} "$@"`),
      'ENTRYPOINT ["/entrypoint"]',
      "CMD /serve-on $PORT",
    );

    await apps.test.until(() => apps.isUp("entered"));

    expect(await apps.test.logLines("entered")).toContain("app[web.1]: given 3: /bin/sh");
    expect(await command("entered")).toBe("/bin/sh -c /serve-on\\ \\$PORT");
  });

  it("starts an image without a shell only by its ENTRYPOINT", async () => {
    const noShell = `RUN ["/usr/bin/perl", "-e", "unlink '/bin/sh' or die"]`;
    const source = "COPY server.pl /";
    await deploy("shell-less", source, noShell, 'CMD ["perl", "/server.pl"]');
    await deploy("shell-free", source, noShell, 'ENTRYPOINT ["perl", "/server.pl"]');

    await apps.test.until(() => apps.isUp("shell-free"));
    await apps.test.until(async () => (await apps.states("shell-less"))["web.1"] === "crashed");

    expect(await command("shell-free")).toBe("perl /server.pl");
    expect(await apps.test.logLines("shell-less")).toContainEqual(expect.stringMatching(/^app\[web\.1\]: .*\/bin\/sh/));
  });
});

/** The lines as words for `printf`. */
function shellQuoted(text: string): string {
  return text
    .split("\n")
    .map((line) => `'${line.replaceAll("'", `'"'"'`)}'`)
    .join(" ");
}
