import { fstatSync } from "node:fs";
import { parseArgs } from "node:util";
import { Program } from "./program.mjs";
import { serve } from "./serve.mjs";
import { sdkVersion } from "./version.mjs";

// The engine passes flags for its own log as well; they mean nothing here.
const { values, positionals } = parseArgs({
  args: process.argv.slice(2).map((argument) => argument.replace(/^-(?=[a-z]{2})/, "--")),
  options: { tracing: { type: "string" }, version: { type: "boolean" } },
  strict: false,
  allowPositionals: true,
});

/** @param {Program} program */
function endWithTheEngine(program) {
  const end = () => {
    program.kill();
    process.exit();
  };
  // The engine holds the other end of standard input: when that closes, the engine is gone, even after a kill -9.
  const input = fstatSync(0);
  if (input.isFIFO() || input.isSocket()) process.stdin.on("end", end).resume();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, end);
}

if (values.version) {
  console.log(sdkVersion);
} else {
  const program = new Program(typeof values.tracing === "string" ? values.tracing : "");
  endWithTheEngine(program);
  console.log(await serve(program, positionals.at(-1)));
}
