import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { buildWebImage, push, removeImages } from "../docker/test-image";
import { TestInstance } from "../docker/test-instance";

const run = promisify(execFile);
const SCHEMA_2 = "application/vnd.docker.distribution.manifest.v2+json";
const OCI = "application/vnd.oci.image.manifest.v1+json";
const OCI_INDEX = "application/vnd.oci.image.index.v1+json";

let test: TestInstance;
let tag: string;
let imageId: string;

beforeAll(async () => {
  test = await TestInstance.start();
  await test.addApp("pushed");
  await test.addApp("other");
  tag = `${test.host}/pushed/web`;
  imageId = await buildWebImage(tag);
  await push(tag, "local-heroku");
});

afterAll(async () => {
  await test?.destroy();
  await removeImages(tag);
});

function ask(method: string, path: string, init: RequestInit & { key?: string } = {}): Promise<Response> {
  const headers = new Headers(init.headers);
  headers.set("Authorization", `Basic ${btoa(`:${init.key ?? "local-heroku"}`)}`);
  return fetch(`${test.url}/v2/${path}`, { ...init, method, headers });
}

describe("registry", () => {
  it("lets docker log in with the API key, and refuses another password", async () => {
    const config = mkdtempSync(join(tmpdir(), "docker-config-"));
    const login = (password: string) =>
      run("docker", ["--config", config, "login", test.host, "--username", "_", "--password", password]);
    try {
      expect((await login("local-heroku")).stdout).toContain("Login Succeeded");
      await expect(login("wrong")).rejects.toThrow(/401|unauthorized/i);
    } finally {
      rmSync(config, { recursive: true, force: true });
    }
  });

  it("GET /v2/ asks for Basic credentials", async () => {
    const reply = await fetch(`${test.url}/v2/`);
    expect(reply.status).toBe(401);
    expect(reply.headers.get("WWW-Authenticate")).toBe('Basic realm="Local Heroku"');
    expect(await reply.json()).toEqual({
      errors: [{ code: "UNAUTHORIZED", message: "authentication required", detail: null }],
    });
  });

  it("GET /v2/:app/:type/manifests/:tag returns the manifest with the image's id, by app name and by id", async () => {
    const { id } = await test.call<{ id: string }>("GET", "/apps/pushed");
    for (const app of ["pushed", id]) {
      const reply = await ask("GET", `${app}/web/manifests/latest`, { headers: { Accept: SCHEMA_2 } });
      expect(reply.headers.get("Content-Type")).toBe(SCHEMA_2);
      expect((await reply.json()).config.digest).toBe(imageId);
    }
  });

  it("lets docker pull by digest", async () => {
    const head = await ask("HEAD", "pushed/web/manifests/latest", { headers: { Accept: SCHEMA_2 } });
    const digest = head.headers.get("Docker-Content-Digest") ?? "";
    await removeImages(tag);
    const config = mkdtempSync(join(tmpdir(), "docker-config-"));
    try {
      await run("docker", ["--config", config, "login", test.host, "-u", "_", "-p", "local-heroku"]);
      await run("docker", ["--config", config, "pull", "--quiet", `${tag}@${digest}`]);
      const { stdout } = await run("docker", ["inspect", "--format", "{{.Id}}", `${tag}@${digest}`]);
      expect(stdout.trim()).toBe(imageId);
    } finally {
      rmSync(config, { recursive: true, force: true });
      await removeImages(`${tag}@${digest}`);
    }
  });

  it("refuses a push to an unknown app like a wrong key", async () => {
    const stranger = `${test.host}/nobody-has-this/web`;
    await buildWebImage(stranger);
    try {
      await expect(push(stranger, "local-heroku")).rejects.toThrow(/unauthorized: authentication required/);
    } finally {
      await removeImages(stranger);
    }
    expect((await ask("GET", "pushed/web/manifests/latest", { key: "wrong" })).status).toBe(401);
  });

  it("POST /v2/:app/:type/blobs/uploads/ refuses an app on another stack", async () => {
    await test.call("POST", "/apps", { name: "slugs", stack: "heroku-24" });
    const reply = await ask("POST", "slugs/web/blobs/uploads/");
    expect(reply.status).toBe(403);
    expect(await reply.json()).toEqual({
      errors: [
        {
          code: "DENIED",
          message:
            "images can be pushed only to apps on the stack container, got heroku-24 for slugs; set the app's stack to container",
          detail: null,
        },
      ],
    });
  });

  it.each([
    ["an OCI manifest", OCI, { schemaVersion: 2, mediaType: OCI }],
    ["an OCI index", OCI_INDEX, { schemaVersion: 2, mediaType: OCI_INDEX, manifests: [] }],
    ["an OCI manifest under Docker's media type", SCHEMA_2, { schemaVersion: 2, mediaType: OCI }],
  ])("PUT /v2/:app/:type/manifests/:tag refuses %s with 405", async (_what, type, manifest) => {
    const body = JSON.stringify(manifest);
    const reply = await ask("PUT", "pushed/web/manifests/oci", { headers: { "Content-Type": type }, body });
    expect(reply.status).toBe(405);
    expect(await reply.json()).toEqual({
      errors: [{ code: "UNSUPPORTED", message: "The operation is unsupported.", detail: null }],
    });
  });

  it("PUT /v2/:app/:type/manifests/:tag refuses an invalid manifest", async () => {
    const reply = await ask("PUT", "pushed/web/manifests/x", { headers: { "Content-Type": SCHEMA_2 }, body: "{" });
    expect(reply.status).toBe(400);
    expect(await reply.json()).toEqual({
      errors: [{ code: "MANIFEST_INVALID", message: "manifest invalid", detail: null }],
    });
  });

  it("POST /v2/:app/:type/blobs/uploads/ mounts a layer of another app", async () => {
    const manifest = await (await ask("GET", "pushed/web/manifests/latest", { headers: { Accept: SCHEMA_2 } })).json();
    const query = new URLSearchParams({ mount: manifest.layers[0].digest, from: "pushed/web" });
    const mounted = await ask("POST", `other/web/blobs/uploads/?${query}`);
    expect(mounted.status).toBe(201);
    expect(mounted.headers.get("Location")).toBe(`/v2/other/web/blobs/${manifest.layers[0].digest}`);
    const unknown = new URLSearchParams({ mount: manifest.layers[0].digest, from: "nobody-has-this/web" });
    expect((await ask("POST", `other/web/blobs/uploads/?${unknown}`)).status).toBe(202);
  });

  it("GET /v2/:app/:type/tags/list lists users' tags", async () => {
    expect(await (await ask("GET", "pushed/web/tags/list")).json()).toEqual({ name: "pushed/web", tags: ["latest"] });
  });

  it("drops a partial blob when the client disconnects, and keeps serving", async () => {
    const start = await ask("POST", "pushed/web/blobs/uploads/");
    const location = start.headers.get("Location") ?? "";
    await new Promise<void>((resolve) => {
      const headers = { Authorization: `Basic ${btoa(":local-heroku")}`, "Content-Length": "1000000" };
      const upload = request(`${test.url}${location}`, { method: "PATCH", headers });
      upload.on("error", () => resolve());
      upload.write("half", () => setTimeout(() => upload.destroy(new Error("gone")), 50));
    });
    expect((await ask("GET", "pushed/web/tags/list")).status).toBe(200);
  });

  it("keeps dynos from reaching the registry", async () => {
    const { NetworkSettings } = await test.docker.getContainer(`local-heroku-${test.id}-registry`).inspect();
    expect(Object.keys(NetworkSettings.Networks)).toEqual([`local-heroku-${test.id}-registry`]);
  });
});
