import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { credentials } from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";

// A start takes a quarter of a second, and many times that on a machine that is busy.
jest.setTimeout(30_000);

const room = join(__dirname, "../../stand-ins");
const executable = (name: string) => join(room, name, `pulumi-resource-${name}`);
const names = readdirSync(room).filter((name) => existsSync(executable(name)));

describe("Executables of the stand-ins", () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "stand-ins-"));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each(names)("pulumi-resource-%s serves through a symbolic link, and ends with the engine", async (name) => {
    const link = join(folder, `pulumi-resource-${name}`);
    symlinkSync(executable(name), link);
    const child = spawn(link, ["127.0.0.1:1"], { stdio: ["pipe", "pipe", "inherit"] });
    const [port] = await once(createInterface(child.stdout), "line");
    const grpc = new ResourceProviderClient(`127.0.0.1:${port}`, credentials.createInsecure());

    const version = await new Promise((resolve, reject) => {
      grpc.getPluginInfo(new Empty(), (error, info) => (error ? reject(error) : resolve(info.getVersion())));
    });
    grpc.close();
    child.stdin.end();

    expect(version).toMatch(/^\d+\.\d+\.\d+$/);
    expect(await once(child, "exit")).toEqual([0, null]);
  });
});
