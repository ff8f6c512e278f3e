import type { CreateMachineSide } from "./contract";
import { parseOptions, USAGE } from "./options";
import { createLocalHeroku, destroyMachines } from "./server/local-heroku";
import { createMachines } from "./server/machine-side";
import { UsageError } from "./usage-error";

const createMachineSide: CreateMachineSide = (context) =>
  createMachines(context, { progress: (line) => process.stderr.write(`${line}\n`) });

async function main(): Promise<void> {
  const options = parseOptions(process.argv.slice(2));
  if (options.help) {
    process.stdout.write(USAGE);
    return;
  }
  if (options.destroy) {
    await destroyMachines(options, createMachineSide);
    return;
  }
  const localHeroku = await createLocalHeroku(options, createMachineSide);
  const stop = () => {
    localHeroku.close().then(
      () => process.exit(0),
      (error: unknown) => fail(error),
    );
  };
  // A failure in the background, such as a container that was removed, must not end the instance.
  process.on("unhandledRejection", (error) => console.error(error));
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
  process.stdout.write(greeting(localHeroku.url) + httpsHint(localHeroku.certificateFile));
}

/** The address, and the environment for clients. */
function greeting(url: string): string {
  const { host } = new URL(url);
  return `Local Heroku listens at ${url}

  export HEROKU_API_URL=${url} HEROKU_DATA_URL=${url} HEROKU_REGISTRY_URL=${url}
  export HEROKU_API_KEY=local-heroku
  export HEROKU_HOST=${url} HEROKU_DATA_HOST=localhost   # the heroku CLI
  docker login ${host} -u _ -p local-heroku
`;
}

/** How Node.js clients trust the certificate. */
function httpsHint(certificateFile: string): string {
  return `
  export NODE_EXTRA_CA_CERTS=${certificateFile}   # over HTTPS
`;
}

/** Errors of the user's machine, whose message is enough. */
const EXPECTED_ERRORS = ["DockerUnavailableError", "ServiceImageError"];

function fail(error: unknown): void {
  const isExpected = error instanceof UsageError || (error instanceof Error && EXPECTED_ERRORS.includes(error.name));
  console.error(isExpected ? error.message : error);
  process.exit(1);
}

main().catch(fail);
