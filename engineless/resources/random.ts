import { randomInt } from "node:crypto";
import type { Maker } from "../resource";

const LOWER = "abcdefghijklmnopqrstuvwxyz";

/** RandomString and RandomPassword: made once, then remembered. */
export const makeRandom: Maker = async ({ type, name, inputs }, { memory }) => {
  const alphabet = `${LOWER}0123456789${inputs.upper === false ? "" : LOWER.toUpperCase()}`;
  const make = () => Array.from({ length: Number(inputs.length) }, () => alphabet[randomInt(alphabet.length)]).join("");
  const result = memory.keep(`${type} ${name}`, make);
  return { id: name, state: { result } };
};
