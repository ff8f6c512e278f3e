import type { Plugin } from "../../provider/rpc/plugin";
import { checkInputs } from "../../provider/schema/check";
import { randomPassword } from "./resources/random-password";
import { randomString } from "./resources/random-string";

/** Stand-in for the provider `random`, of the version that its state was compared with. */
export const random: Plugin<undefined> = {
  name: "random",
  version: "4.21.1",
  description: "Random texts and passwords, in place of the official provider.",
  configuration: {},
  resources: [randomString, randomPassword],
  advice:
    "this stand-in has RandomString and RandomPassword only; install the official provider with " +
    "`pulumi plugin install resource random v4.21.1`",
  // The state of the provider itself keeps the version that the program asks for.
  checkConfiguration: (given) => ({ ...checkInputs({}, given), inputs: given }),
  configure: () => () => undefined,
};
