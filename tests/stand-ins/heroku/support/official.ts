import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { serve } from "@hono/node-server";
import { isExecutable } from "../../../../scripts/support/executables.mjs";
import { officialHomes } from "../../../../scripts/support/pulumi-home.mjs";
import { EngineLogServer } from "../../../provider/support/engine-log";
import { PluginClient } from "../../../provider/support/plugin-client";
import { HerokuStandIn, settingsFor } from "./stand-in";

/** The official plugin, if it is installed. */
export const officialPlugin = officialHomes()
  .map((home) => join(home, "plugins/resource-heroku-v1.0.4/pulumi-resource-heroku"))
  .find(isExecutable);

/** Runs the official plugin beside the same Local Heroku; it needs that over HTTP. */
export async function runOfficial(executable: string, { local }: HerokuStandIn) {
  const server = serve({ fetch: (request) => local.emulator.instance.fetch(request), port: 0, hostname: "127.0.0.1" });
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  const engine = await EngineLogServer.start();
  const child = spawn(executable, [engine.address], { stdio: ["pipe", "pipe", "inherit"] });
  const [port] = await once(createInterface(child.stdout), "line");
  const close = () => {
    child.kill();
    engine.stop();
    server.close();
  };
  const client = await PluginClient.to({ port, close }, settingsFor(`http://127.0.0.1:${address.port}`));
  return new HerokuStandIn(local, client);
}
