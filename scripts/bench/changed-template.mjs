import { sources } from "../support/sources.mjs";

/** An edited template on its way to the app, and what preflight and health gate take of it. */
export async function measure() {
  const figures = await sources("tests/bench/changed-template.ts").measureChangedTemplate();
  const { whole, bare, preflight, push, releasePhase, gate, rest } = figures;
  const part = (/** @type {string} */ step, /** @type {number} */ measured) => ({
    figure: `changed template: ${step}`,
    measured,
    unit: "s",
  });
  return [
    {
      figure: "changed template, from the saved file to healthy",
      measured: whole,
      unit: "s",
      yardstick: { value: bare, what: "with neither preflight nor health gate" },
    },
    part("build and try the images", preflight),
    part("push them", push),
    part("release, with its release phase", releasePhase),
    part("dynos up and health gate", gate),
    part("engine and program", rest),
  ];
}
