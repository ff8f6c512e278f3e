import type { ProjectFiles } from "./project-files";
import { type Image, sourceOf } from "./read-dockerfile";

/** What the image's ENTRYPOINT makes of a command. */
export interface EntryPoint {
  /** "runs" hands the command on; "is" is the program itself, which takes the command as arguments or ignores it. */
  kind: "none" | "runs" | "is";
  at: string;
  /** Path and text of its script, where there is one. */
  script: { path: string; text: string } | undefined;
}

/** Programs that start others. */
const WRAPPERS =
  /(^|\/)(tini|dumb-init|docker-entrypoint\.sh|docker-php-entrypoint|newrelic-admin|env|init|catatonit|gosu|su-exec)\b|\b(uv|poetry|pipenv|pdm|bundle) (run|exec)\b/;

export function entryPointOf(image: Image, context: string, files: ProjectFiles): EntryPoint {
  const { entrypoint } = image;
  if (entrypoint === undefined) return { kind: "none", at: "", script: undefined };
  const script = scriptOf(entrypoint.value, image, context, files);
  const text = withoutRemarks(script?.text ?? "");
  const handsOn = /"\$@"|\$@|\$\*|\bexec \$cmd\b/.test(text);
  const runs = script === undefined ? WRAPPERS.test(entrypoint.value) || /\$@/.test(entrypoint.value) : handsOn;
  return {
    kind: runs ? "runs" : "is",
    at: entrypoint.at,
    script,
  };
}

/** A shell script without its comments. */
export const withoutRemarks = (text: string): string => text.replaceAll(/^\s*#(?!!).*$/gm, "");

/** The file in the project that a command runs as a script, if it does. */
export function scriptOf(
  line: string,
  image: Image,
  context: string,
  files: ProjectFiles,
): { path: string; text: string; place: string } | undefined {
  const words = line
    .split(/\s+/)
    .filter((word) => !/^(exec|\/?(usr\/)?(bin\/)?(env|ba|da|a)?(sh|bash)?|-\w+|--)$/.test(word));
  for (const word of words.slice(0, 3)) {
    const place = word.replace(/^["']|["']$/g, "");
    const path = sourceOf(image, context, files, place);
    const text = path === undefined ? "" : files.read(path);
    if (path !== undefined && /^#!.*\b(ba|da|a)?sh\b|^#!.*\/sh\b/.test(text)) return { path, text, place };
    if (path !== undefined && /\.sh$/.test(path)) return { path, text, place };
  }
  return undefined;
}
