import * as pulumi from "@pulumi/pulumi";
import { type Made, type Maker, type Registration, type Surroundings, unwrapSecrets } from "./resource";
import { makeImage } from "./resources/docker";
import { makeHeroku } from "./resources/heroku";
import { makeNative } from "./resources/heroku-native";
import { makeRandom } from "./resources/random";

const packages: Record<string, Maker> = {
  docker: makeImage,
  heroku: makeHeroku,
  "heroku-native": makeNative,
  random: makeRandom,
};

/** What a run comes to: each failure once, as the user is to read it. */
export interface Outcome {
  made: number;
  failures: string[];
}

/** Makes every registration of the program from now on real, and tells of each. */
export async function makeReal(project: { name: string; stack: string }, surroundings: Surroundings): Promise<Outcome> {
  const outcome: Outcome = { made: 0, failures: [] };
  const newResource = async ({ type, name, inputs, custom }: pulumi.runtime.MockResourceArgs) => {
    if (!custom || type.startsWith("pulumi:providers:")) return { id: `${name}-id`, state: inputs };
    const plain = unwrapSecrets(inputs);
    try {
      const { id, state } = await make({ type, name, inputs: plain }, surroundings);
      outcome.made++;
      surroundings.progress(`made ${type.split(":").at(-1)} ${name}`);
      return { id, state: { ...plain, ...state } };
    } catch (error) {
      outcome.failures.push(`${name} (${type}): ${error instanceof Error ? error.message : String(error)}`);
      throw error;
    }
  };
  const call = ({ token }: pulumi.runtime.MockCallArgs): never => {
    throw new Error(`${token} cannot be called without the Pulumi CLI`);
  };
  await pulumi.runtime.setMocks({ newResource, call }, project.name, project.stack, false);
  return outcome;
}

function make(registration: Registration, surroundings: Surroundings): Promise<Made> {
  const maker = packages[registration.type.split(":")[0] ?? ""];
  if (maker === undefined) throw new Error(`${registration.type} cannot be made without the Pulumi CLI`);
  return maker(registration, surroundings);
}
