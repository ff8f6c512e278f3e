import { scriptOf } from "./entry-point";
import { type Facts, gunicornConfig } from "./facts";
import { type Listening, listenOnPort, readsPort } from "./listen-on-port";
import { join } from "./read-dockerfile";
import { isSimple } from "./shell";
import { withExports } from "./shell-exports";

/** Makes a command of the project's image listen on $PORT, by the command, its script, its configuration or a variable. */
export function listen(facts: Facts, line: string): Listening {
  const { files, image, choice } = facts;
  const ports = image.ports.map(({ value }) => value);
  const script = scriptOf(line, image, choice.context, files);
  if (script === undefined) {
    const listening = listenOnPort(line, configOf(facts, line), ports);
    if (listening.port !== "unknown") return listening;
    return (
      portVariable(facts, line) ??
      startScript(facts, line) ??
      (sourcesReadPort(facts) ? { line, port: "its own" as const } : listening)
    );
  }
  return listenInScript(line, script, ports);
}

/** A script is changed on its way to the shell, so that what else it does stays. */
function listenInScript(line: string, script: { text: string; place: string }, ports: readonly number[]) {
  if (readsPort(script.text)) return { line, port: "its own" as const };
  const found = /(?:0\.0\.0\.0|127\.0\.0\.1|localhost|\[::\]|\*|\s):(\d{2,5})\b|--?p(?:ort)?[= ](\d{2,5})\b/.exec(
    script.text,
  );
  const port = found?.[1] ?? found?.[2] ?? ports.map(String).find((one) => script.text.includes(one));
  if (port === undefined) return { line, port: "unknown" as const };
  const shell = /^#!.*\bbash\b/.test(script.text) ? "bash" : "sh";
  return { line: `${shell} -c "$(sed "s/\\b${port}\\b/$PORT/g" ${script.place})"`, port: "set" as const };
}

/** What else says where a server listens: the file that the command names, or the one that it finds by itself. */
function configOf(facts: Facts, line: string): string {
  const { files } = facts;
  if (/\bgunicorn\b/.test(line)) {
    const named = /\s(?:-c|--config)[= ](?:python:|file:)?(\S+)/.exec(line)?.[1];
    const name = named?.replace(/\.py$/, "").replaceAll(".", "/").split("/").at(-1);
    const path =
      name === undefined ? undefined : files.paths.find((one) => new RegExp(`(^|/)${name}(\\.py|\\.conf)?$`).test(one));
    return path === undefined ? gunicornConfig(facts) : files.read(path);
  }
  const name = /([\w.-]+\.(ini|toml|ya?ml))\b/.exec(line)?.[1];
  const path = name === undefined ? undefined : files.paths.find((one) => one === name || one.endsWith(`/${name}`));
  return path === undefined ? "" : files.read(path);
}

/** A variable of the image that holds the port, as `SERVER_PORT=8080` or `URLS=http://+:8080`, or one that a framework reads. */
function portVariable({ image, files, choice }: Facts, line: string): Listening | undefined {
  const set = (name: string, value: string): Listening => ({
    line: withExports(line, [{ name, value }], isSimple(line)),
    port: "set",
  });
  for (const [name, { value }] of image.environment) {
    const port = image.ports.find((one) => value === String(one.value) || value.endsWith(`:${one.value}`))?.value;
    if (port === undefined || name === "PORT" || !/PORT|URLS|BIND|ADDR|LISTEN/.test(name)) continue;
    return set(name, value.replace(String(port), "$PORT"));
  }
  if (/dotnet\/aspnet/.test(image.base)) return set("ASPNETCORE_URLS", "http://+:$PORT");
  const build = ["pom.xml", "build.gradle", "build.gradle.kts"].map((name) => files.read(join(choice.context, name)));
  return build.some((text) => text.includes("spring-boot")) ? set("SERVER_PORT", "$PORT") : undefined;
}

/** The script that `npm start` and its like run, where it is a server that reads PORT by itself. */
function startScript({ node }: Facts, line: string): Listening | undefined {
  const script = /^(npm|yarn|pnpm|bun)( run)? start$/.test(line) ? node?.start?.value : line;
  const reads = /(^|\s)(react-scripts start|next start|nuxt start|remix-serve|serve)\b/.test(script ?? "");
  return reads && !/\s(-p|--port|-l)\b/.test(script ?? "") ? { line, port: "its own" } : undefined;
}

/** Whether some source of the program reads PORT. */
export function sourcesReadPort({ files, choice }: Facts): boolean {
  const folder = choice.context === "" ? "" : `${choice.context}/`;
  const isSource = (path: string) =>
    /\.(m?[jt]s|cjs|go|rb|py|php|exs?|rs|java|kt|cs|conf|toml|properties|ya?ml)$/.test(path) &&
    !/(^|\/)(tests?|spec|e2e|docs?)\/|compose/.test(path);
  return files.paths.some((path) => path.startsWith(folder) && isSource(path) && readsPort(files.read(path)));
}
