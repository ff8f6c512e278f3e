/** A command that listens where Heroku wants it: on $PORT, on all addresses. */
export interface Listening {
  line: string;
  /** How sure it is that the command listens there. */
  port: "its own" | "set" | "unknown";
}

const PORT = "$PORT";

/** Sets the value of an option, written in any of its forms, or adds it. */
function option(line: string, forms: string, value: string): string {
  const pattern = new RegExp(`(^|\\s)(${forms})(=|\\s+)("[^"]*"|'[^']*'|[^\\s;&|]+)`);
  const long = forms.split("|").find((form) => form.startsWith("--")) ?? forms;
  return pattern.test(line) ? line.replace(pattern, `$1${long} ${value}`) : `${line} ${long} ${value}`;
}

const removed = (line: string, forms: string): string =>
  line.replace(new RegExp(`\\s(${forms})(=|\\s+)[^\\s;&|]+`, "g"), "");

/** Servers that take their address from the command line, and how. */
const SERVERS: { server: RegExp; listen(line: string): string }[] = [
  { server: /\b(gunicorn|hypercorn)\b/, listen: (line) => `${removed(line, "-b|--bind")} --bind 0.0.0.0:${PORT}` },
  {
    server: /\buvicorn\b(?!\.workers)|\bgranian\b|\bfastapi run\b/,
    listen: (line) => option(option(removed(line, "--uds"), "--host", "0.0.0.0"), "--port", PORT),
  },
  {
    server: /\bdaphne\b/,
    listen: (line) =>
      option(option(removed(line, "-u|--unix-socket|-e|--endpoint"), "-b|--bind", "0.0.0.0"), "-p|--port", PORT),
  },
  {
    server: /\bwaitress-serve\b/,
    listen: (line) => option(removed(line, "--host|--port"), "--listen", `0.0.0.0:${PORT}`),
  },
  {
    server: /\brunserver(_plus)?\b/,
    listen: (line) => line.replace(/\b(runserver(?:_plus)?)(\s+[\w.:[\]]*\d)?/, `$1 0.0.0.0:${PORT}`),
  },
  { server: /\bflask\b.*\brun\b/, listen: (line) => option(option(line, "-h|--host", "0.0.0.0"), "-p|--port", PORT) },
  {
    server: /\buwsgi\b/,
    listen: (line) => `${removed(line, "--socket|-s|--http|--http-socket")} --http-socket :${PORT}`,
  },
  {
    server: /\bng serve\b|\bvite\b.*\bpreview\b/,
    listen: (line) => option(option(line, "--host", "0.0.0.0"), "--port", PORT),
  },
];

/**
 * Makes a command listen on $PORT. `config` is the text of the configuration that the command names or loads: a server
 * that reads PORT there is left as it is.
 */
export function listenOnPort(line: string, config = "", ports: readonly number[] = []): Listening {
  if (/\$\{?PORT\b|\$\(PORT\)/.test(line)) return { line, port: "its own" };
  const server = serverIn(line);
  if (server !== undefined) {
    if (readsPort(config)) return { line, port: "its own" };
    const hasAddress = /\s(-b|--bind|-p|--port|--http\S*|--listen|--socket|--uds)\b/.test(line);
    // Gunicorn listens on PORT by itself when nothing says otherwise.
    if (/\bgunicorn\b/.test(line) && !hasAddress && !/^\s*bind\s*=/m.test(config)) return { line, port: "its own" };
    return { line: inLastCommand(line, server), port: "set" };
  }
  for (const port of ports) {
    const pattern = new RegExp(`(\\s(?:-[pl]|--port|--listen)(?:=|\\s+)|[\\w.\\]]:|\\s:)${port}(?!\\d)`);
    if (pattern.test(line)) return { line: line.replace(pattern, `$1${PORT}`), port: "set" };
  }
  return { line, port: readsPort(config) ? "its own" : "unknown" };
}

/** Whether a program's source or configuration takes its port from the environment. */
export const readsPort = (text: string): boolean =>
  /\$\{?\(?PORT\b|env\.PORT\b|["'`]PORT["'`]|process\.env\[["']PORT/.test(text);

const serverIn = (line: string) => SERVERS.find(({ server }) => server.test(line))?.listen;

/** The server is the last of several commands, as it does not end. */
function inLastCommand(line: string, listen: (line: string) => string): string {
  const at = Math.max(
    ...["&&", ";", "|"].map((sign) => line.lastIndexOf(sign) + (line.includes(sign) ? sign.length : 0)),
    0,
  );
  const before = line.slice(0, at);
  const last = line.slice(at);
  if (serverIn(last) === undefined) return line;
  return `${before}${before === "" ? "" : " "}${listen(last.trim())}`;
}
