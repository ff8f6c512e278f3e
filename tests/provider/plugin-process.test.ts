import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { credentials } from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";

// A start takes a quarter of a second, and many times that on a machine that is busy.
jest.setTimeout(30_000);

const executable = join(__dirname, "../../provider/pulumi-resource-heroku-native");

describe("pulumi-resource-heroku-native", () => {
  let child: ChildProcess;
  let port: string;

  beforeEach(async () => {
    child = spawn(executable, ["--logtostderr", "127.0.0.1:1"], { stdio: ["pipe", "pipe", "inherit"] });
    if (!child.stdout) throw new Error("the plugin has no output");
    [port] = await once(createInterface(child.stdout), "line");
  });
  afterEach(() => child.kill("SIGKILL"));

  it("writes the port it serves on as its first line", async () => {
    const grpc = new ResourceProviderClient(`127.0.0.1:${port}`, credentials.createInsecure());

    const version = await new Promise((resolve, reject) => {
      grpc.getPluginInfo(new Empty(), (error, info) => (error ? reject(error) : resolve(info.getVersion())));
    });
    grpc.close();

    expect(version).toBe("0.1.0");
  });

  it("ends with the engine, however that ended", async () => {
    child.stdin?.end();

    expect(await once(child, "exit")).toEqual([0, null]);
  });

  it("ends on an interrupt", async () => {
    child.kill("SIGINT");

    expect(await once(child, "exit")).toEqual([null, "SIGINT"]);
  });
});
