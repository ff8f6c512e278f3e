import * as pulumi from "@pulumi/pulumi";
import { Memory } from "./memory";
import { makeReal } from "./monitor";
import { readProject } from "./project";
import { herokuApi, type Surroundings } from "./resource";

const usage = "usage: engineless/main up|down [--stack local]";

/** Runs the program against Local Heroku without the engine, or takes down what it made. */
async function main(args: readonly string[]): Promise<void> {
  const [command, flag, stack = "local"] = args;
  if ((command !== "up" && command !== "down") || (flag !== undefined && flag !== "--stack")) throw new Error(usage);
  const project = readProject(stack);
  const { config } = project;
  const apiUrl = config["heroku:url"];
  if (apiUrl === undefined)
    throw new Error(`stack ${stack} has no heroku:url; without the Pulumi CLI only Local Heroku is used`);
  const settings = {
    apiKey: config["heroku:apiKey"] ?? "",
    apiUrl,
    dataUrl: config["heroku-native:dataUrl"] ?? apiUrl,
    registryUrl: config["heroku-native:registryUrl"] ?? apiUrl,
  };
  const surroundings: Surroundings = {
    memory: new Memory(`.local/engineless-${stack}.json`),
    api: herokuApi(settings),
    settings,
    progress: (message) => console.log(`  ${message}`),
  };
  if (command === "down") return takeDown(surroundings);
  pulumi.runtime.setAllConfig(config);
  const outcome = await makeReal(project, surroundings);
  // Whatever waited for something that could not be made fails too, each on a promise that nobody holds.
  process.on("unhandledRejection", () => fail(outcome.failures));
  const outputs = await runProgram();
  if (outcome.failures.length > 0) fail(outcome.failures);
  console.log(JSON.stringify(outputs, undefined, 2));
}

function fail(failures: readonly string[]): never {
  console.error(failures.join("\n"));
  process.exit(1);
}

/** The program's outputs once everything it declared is there. */
async function runProgram(): Promise<Record<string, unknown>> {
  const program: Record<string, unknown> = require("../index");
  await pulumi.runtime.disconnect();
  const names = Object.keys(program).filter((name) => !["default", "module.exports"].includes(name));
  const values = await Promise.all(names.map((name) => settled(program[name])));
  return Object.fromEntries(names.map((name, i) => [name, values[i]]));
}

/** An output's value; one that a failure left without any stays out. */
function settled(value: unknown): Promise<unknown> {
  return new Promise((resolve) => {
    pulumi.all([value]).apply(([found]) => resolve(found));
    setTimeout(resolve, 1_000).unref();
  });
}

/** Heroku removes an app's add-ons with the app. */
async function takeDown({ api, memory }: Surroundings): Promise<void> {
  const app = memory.get("app");
  if (app === undefined) return;
  await api("DELETE", `/apps/${app}`);
  memory.forget();
  console.log("  removed the app and its add-ons");
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
