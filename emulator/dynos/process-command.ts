import { shellWords } from "../docker/shell-words";

/** What an image says of its process. */
export interface ImageProcess {
  readonly entrypoint: readonly string[];
  readonly command: readonly string[];
}

/**
 * What a dyno gives to the image's ENTRYPOINT; undefined for the image's own command. Without an ENTRYPOINT, Heroku has
 * `/bin/sh` run the command, also one that is an array:
 * https://devcenter.heroku.com/articles/container-registry-and-runtime#dockerfile-commands-and-runtime
 * The words stay apart, as its logs show them escaped, and only `$PORT` in them is replaced.
 */
export function processCommand({ entrypoint, command }: ImageProcess, port: number | null): string[] | undefined {
  if (command.length === 0) return undefined;
  if (entrypoint.length > 0) return command.map((word) => withPort(word, port));
  // Left in front of the process, the shell would end at SIGTERM and take the process's time to end with it.
  return ["/bin/sh", "-c", `exec ${withPort(shellWords(command), port)}`];
}

/** A command as the log shows it: `$PORT` is replaced even where it was escaped. */
export function withPort(text: string, port: number | null): string {
  return port === null ? text : text.replace(/\$PORT\b/g, String(port));
}
