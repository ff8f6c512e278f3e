import { connect, type Socket } from "node:net";
import { LocalHerokuProcess } from "../support/local-heroku-process";
import { expectSoon } from "../support/soon";

describe("clients that hang or leave", () => {
  let heroku: LocalHerokuProcess;
  const hanging: Socket[] = [];

  beforeAll(async () => {
    heroku = await LocalHerokuProcess.start();
  });
  afterAll(async () => {
    for (const client of hanging) client.destroy();
    await heroku?.destroy();
  });

  /** Sends the start of a request and waits until it was received: a later request is served. */
  async function begin(text: string): Promise<Socket> {
    const client = connect(heroku.port, "127.0.0.1");
    await new Promise((resolve) => client.write(text.replaceAll("\n", "\r\n"), resolve));
    await heroku.api("GET", "/account");
    return client;
  }

  const post = (rest: string) =>
    `POST /apps HTTP/1.1\nHost: localhost\nAuthorization: Bearer local-heroku\nAccept: application/vnd.heroku+json; version=3\n${rest}`;

  it.each([
    ["a body of a known length", "Content-Length: 100\n\n{"],
    ["a body in chunks", "Transfer-Encoding: chunked\n\n5\n{"],
  ])("who disconnect during %s create nothing and leave no trace in the output", async (_name, rest) => {
    const client = await begin(post(rest));
    const before = heroku.log;
    await heroku.clearRequests();
    client.destroy();
    await expectSoon(async () => (await heroku.requests()).length > 0);

    expect(await heroku.requests()).toMatchObject([{ method: "POST", path: "/apps", status: 400 }]);
    expect(heroku.log).toBe(before);
    expect(await heroku.api("GET", "/apps")).toEqual([]);
  });

  it.each([
    ["a first line", "GET /apps HT"],
    ["a header", "GET /apps HTTP/1.1\nHost: local"],
    ["a body", post("Content-Length: 100\n\n{")],
    ["an upload", "PUT /slug-blobs/none HTTP/1.1\nHost: localhost\nContent-Length: 100\n\nhalf"],
  ])("who hang during %s keep neither others nor the exit waiting", async (_name, text) => {
    for (let count = 0; count < 20; count++) hanging.push(await begin(text));

    expect(await heroku.api("GET", "/apps")).toEqual([]);
  });

  it("who still hang do not prevent the exit", async () => {
    await heroku.end();
    await heroku.resume();

    expect(await heroku.api("GET", "/apps")).toEqual([]);
  });
});
