import { existsSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";

interface Pattern {
  /** Begins with "!" in the file: takes something back in. */
  isException: boolean;
  matches(path: string): boolean;
}

/** What was found for a path, by which the paths below it are judged. */
export interface Verdict {
  ignored: boolean;
  /** For each pattern, whether it matches the path or a folder above it. */
  matched: readonly boolean[];
}

/** What a `.dockerignore` leaves out of a build context, by the rules of Docker's own client. */
export class IgnoreRules {
  private constructor(private readonly patterns: readonly Pattern[]) {}

  /** Those of a Dockerfile: of the file beside it that has its name, else of the context's own. */
  static of(context: string, dockerfile: string): IgnoreRules {
    const files = [`${dockerfile}.dockerignore`, join(context, ".dockerignore")];
    const file = files.find((path) => existsSync(path));
    return IgnoreRules.parse(file === undefined ? "" : readFileSync(file, "utf8"));
  }

  static parse(text: string): IgnoreRules {
    const lines = text.replace(/^\uFEFF/, "").split(/\r?\n/);
    return new IgnoreRules(lines.flatMap((line) => parseLine(line) ?? []));
  }

  /** The same, with paths taken back in. */
  except(...paths: readonly string[]): IgnoreRules {
    const taken = paths.map((path) => ({ isException: true, matches: (other: string) => other === path }));
    return new IgnoreRules([...this.patterns, ...taken]);
  }

  get hasExceptions(): boolean {
    return this.patterns.some(({ isException }) => isException);
  }

  /** `parent` is the verdict on the folder that the path is in. */
  judge(path: string, parent?: Verdict): Verdict {
    let ignored = false;
    const matched = this.patterns.map((pattern, at) => {
      // A pattern that could change nothing here is not tried, and so does not pass on to what lies below either.
      const matches = parent?.matched[at] || (pattern.isException === ignored && pattern.matches(path));
      if (matches) ignored = !pattern.isException;
      return matches;
    });
    return { ignored, matched };
  }
}

function parseLine(line: string): Pattern | undefined {
  const text = line.trim();
  if (line.startsWith("#") || text === "") return undefined;
  const isException = text.startsWith("!");
  const pattern = clean(isException ? text.slice(1).trim() : text);
  if (pattern === "") throw new Error(`a pattern of .dockerignore must name something, got "${text}"; complete it`);
  return { isException, matches: matcher(pattern) };
}

function clean(pattern: string): string {
  if (pattern === "") return "";
  const path = posix.normalize(pattern);
  return path.length > 1 ? path.replace(/^\//, "").replace(/\/$/, "") : path;
}

function matcher(pattern: string): (path: string) => boolean {
  const isPlain = (text: string) => !/[*?[\]\\]/.test(text);
  if (isPlain(pattern)) return (path) => path === pattern;
  const [, suffix] = /^\*\*(.*)$/.exec(pattern) ?? [];
  if (suffix !== undefined && isPlain(suffix)) {
    return (path) => path.endsWith(suffix) || (suffix.startsWith("/") && path === suffix.slice(1));
  }
  const [, prefix] = /^(.*)\*\*$/.exec(pattern) ?? [];
  if (prefix !== undefined && isPlain(prefix)) return (path) => path.startsWith(prefix);
  const expression = expressionOf(pattern);
  return (path) => expression.test(path);
}

/** `**` stands for any number of folders, `*` and `?` for characters within a name. */
function expressionOf(pattern: string): RegExp {
  const parts = pattern.replace(/\*\*\/?$|\*\*\/?|\*|\?|\\.|[.+()|{}$\\]/g, (part, at: number) => {
    if (part.startsWith("**")) return at + part.length === pattern.length ? ".*" : "(.*/)?";
    if (part === "*") return "[^/]*";
    if (part === "?") return "[^/]";
    return part.length > 1 ? part : `\\${part}`;
  });
  // By whole characters, unless the pattern has an escape that such an expression does not allow.
  for (const flags of ["u", ""]) {
    try {
      return new RegExp(`^${parts}$`, flags);
    } catch {}
  }
  throw new Error(`a pattern of .dockerignore must be complete, got "${pattern}"; close its brackets`);
}
