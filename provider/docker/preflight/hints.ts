/** What a process printed, and the file that it was to execute. */
export interface Clues {
  /** The last lines, or Docker's error. */
  output: readonly string[];
  /** First line of the script that could not be executed, if it is one. */
  scriptHead?: string | undefined;
}

/** A sign in the output of what is wrong, and the change to make. */
const SIGNS: readonly { sign: RegExp; hint: (found: RegExpExecArray) => string }[] = [
  {
    sign: /error while loading shared libraries: (\S+?):|(?:ImportError|OSError): (\S+\.so[.\d]*): cannot open shared object/,
    hint: ([, one, other]) => `the image lacks the library ${one ?? other}: install the package that has it`,
  },
  {
    sign: /exec format error/i,
    hint: () => "the program is built for another architecture than linux/amd64",
  },
  {
    sign: /could not translate host name "([^"]+)"|getaddrinfo (?:ENOTFOUND|EAI_AGAIN) ([-\w.]+)|lookup ([-\w.]+)[^:]*: no such host|(?:bad address|unknown host) '?([-\w.]+)/i,
    hint: (found) => {
      const host = found.slice(1).find((one) => one !== undefined);
      return `it connects to the host "${host}", which does not exist on Heroku: take the address from a config var, such as DATABASE_URL`;
    },
  },
  {
    sign: /certificate verify failed|self[- ]signed certificate/i,
    hint: () =>
      "Heroku's data services use certificates that no authority signed: turn verification off for them, e.g. ssl_cert_reqs=none",
  },
  {
    sign: /unable to open database file|attempt to write a readonly database/,
    hint: () =>
      "SQLite needs a file that can be written, and a dyno loses its files with every restart: read DATABASE_URL",
  },
  {
    sign: /permission denied/i,
    hint: () =>
      "Heroku runs the image under a user id of its own: only /tmp and what is writable for everybody can be written",
  },
  {
    sign: /DisallowedHost|Invalid HTTP_HOST header/,
    hint: () => "its ALLOWED_HOSTS lacks the host of the request: set preflight.env or healthCheck.headers",
  },
];

/** Explains a failure by what the process printed; undefined when nothing is recognised. */
export function hintFor({ output, scriptHead }: Clues): string | undefined {
  if (scriptHead?.startsWith("#!") && scriptHead.endsWith("\r")) {
    return "the script has Windows line endings, which make its interpreter unknown: save it with LF";
  }
  const text = output.join("\n");
  for (const { sign, hint } of SIGNS) {
    const found = sign.exec(text);
    if (found) return hint(found);
  }
  return undefined;
}
