import { connect } from "node:tls";
import { buildImage, buildWebImage, push, removeImages } from "./docker/test-image";
import { TestInstance } from "./docker/test-instance";

let test: TestInstance;
const tags: string[] = [];

beforeAll(async () => {
  test = await TestInstance.start();
});

afterAll(async () => {
  await test?.destroy();
  await removeImages(...tags);
});

async function pushed(app: string, type: string, build: (tag: string) => Promise<string>): Promise<string> {
  const tag = `${test.host}/${app}/${type}`;
  tags.push(tag);
  const id = await build(tag);
  await push(tag, "local-heroku");
  return id;
}

/** The containers of a role with their plans. */
async function containers(role: string) {
  const label = [`local-heroku.instance=${test.id}`, `local-heroku.role=${role}`];
  return test.docker.listContainers({ all: true, filters: JSON.stringify({ label }) });
}

/** A key-value store's reply to a password. */
function answerTo(url: URL): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: url.hostname, port: Number(url.port), rejectUnauthorized: false });
    socket.once("error", reject);
    socket.once("data", (data) => {
      socket.destroy();
      resolve(data.toString().trim());
    });
    socket.write(`AUTH ${url.password}\r\n`);
  });
}

describe("Local Heroku at its start", () => {
  it("keeps the newer of two dynos with one name", async () => {
    await test.addApp("twice");
    await test.release("twice", { web: await pushed("twice", "web", (tag) => buildWebImage(tag)) });
    await test.until(async () => (await containers("dyno"))[0]?.State === "running");
    const [first] = await containers("dyno");
    await test.close();
    const inspected = await test.docker.getContainer(first?.Id ?? "").inspect();
    const plan = JSON.parse(inspected.Config.Labels["local-heroku.dyno"] ?? "");
    const older = { ...plan, id: "0d6f1f2e-53ad-4c4b-a1c5-1c6e7cf6e9a1", createdAt: "2026-01-01T00:00:00.000Z" };
    const labels = { ...inspected.Config.Labels, "local-heroku.dyno": JSON.stringify(older) };
    const other = await test.docker.createContainer({
      Image: inspected.Image,
      Labels: labels,
      Env: inspected.Config.Env,
      HostConfig: { NetworkMode: inspected.HostConfig.NetworkMode },
    });
    await other.start();

    await test.reopen();

    await test.until(async () => (await containers("dyno")).length === 1);
    expect((await test.call<{ id: string }[]>("GET", "/apps/twice/dynos")).map(({ id }) => id)).toEqual([plan.id]);
  });

  it("runs a release phase whose container was created and not started", async () => {
    await test.addApp("phased");
    const slow = (tag: string) => buildImage(tag, 'CMD ["sh", "-c", "sleep 2; echo migrated"]');
    const updates = [{ type: "release", docker_image: await pushed("phased", "release", slow) }];
    await test.call("PATCH", "/apps/phased/formation", { updates });
    await test.until(async () => (await containers("release"))[0]?.State === "running");
    const [begun] = await containers("release");
    await test.close();
    await test.docker.getContainer(begun?.Id ?? "").remove({ force: true });
    await test.docker.createContainer({ Image: begun?.ImageID ?? "", Labels: begun?.Labels ?? {} });

    await test.reopen();

    const newest = async () => (await test.call<Record<string, string>[]>("GET", "/apps/phased/releases")).at(-1);
    await test.until(async () => (await newest())?.status !== "pending");
    expect(await newest()).toMatchObject({ status: "succeeded" });
    expect(await (await fetch((await newest())?.output_stream_url ?? "")).text()).toBe("migrated\n");
  });

  it("completes a rotation of a key-value store's password, on the server and in the config var", async () => {
    await test.addApp("rotated");
    const { id } = await test.addAddon("rotated", "heroku-redis");
    const [credential] = test.store.collection("credentials").by("addon", id);
    if (credential === undefined) throw new Error("the add-on has no credential");
    test.store
      .collection("credentials")
      .put({ ...credential, users: [{ user: "", password: "new", state: "active" }] });
    await test.close();

    await test.reopen();

    const url = async () =>
      new URL((await test.call<{ REDIS_URL: string }>("GET", "/apps/rotated/config-vars")).REDIS_URL);
    await test.until(async () => (await url()).password === "new");
    expect(await answerTo(await url())).toBe("+OK");
  });

  it("removes a volume without container and add-on", async () => {
    const volume = `local-heroku-${test.id}-postgres-0d6f1f2e-53ad-4c4b-a1c5-1c6e7cf6e9a1`;
    await test.docker.createVolume({ Name: volume, Labels: { "local-heroku.instance": test.id } });
    await test.close();

    await test.reopen();

    await expect(test.docker.getVolume(volume).inspect()).rejects.toThrow("no such volume");
  });
});
