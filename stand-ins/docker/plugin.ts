import type { Operation } from "../../provider/heroku/client";
import type { Plugin } from "../../provider/rpc/plugin";
import { checkInputs } from "../../provider/schema/check";
import type { Properties } from "../../provider/schema/definition";
import { installOfficial, version } from "./official";
import { image } from "./resources/image/resource";

const configuration = {
  host: { type: "string", description: "Address of the Docker engine.", optional: true },
} as const satisfies Properties;

/** Stand-in for the provider `docker`. */
export const docker: Plugin<Operation> = {
  name: "docker",
  version,
  description: "Images built and pushed to a registry on this machine, in place of the official provider.",
  configuration,
  resources: [image],
  advice: `this stand-in has Image only; ${installOfficial}`,
  // The state of the provider itself keeps the version that the program asks for.
  checkConfiguration: (given) => ({ ...checkInputs(configuration, given), inputs: given }),
  configure({ host }) {
    if (typeof host === "string") process.env.DOCKER_HOST = host;
    return (operation) => operation;
  },
};
