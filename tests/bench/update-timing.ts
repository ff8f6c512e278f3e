/** What an update's own progress lines tell, with the time at which each arrived. */
export interface TimedLine {
  /** Milliseconds since the update began. */
  at: number;
  text: string;
}

interface StateResource {
  urn: string;
  /** False for components, whose time is that of their children. */
  custom: boolean;
  dependencies?: string[];
  parent?: string;
}

/** Components are left out: one may share type and name with the resource that it holds. */
const progress = /^\s*[+~]\s+(?!\S*:components:)(?:\S+:)?(\S+:\w+)\s+(\S+) (creating|updating|created|updated)/;

/** Milliseconds that each custom resource took, by `<short type> <name>` as the progress display shows them. */
export function durations(lines: readonly TimedLine[]): Map<string, number> {
  const begun = new Map<string, number>();
  const took = new Map<string, number>();
  for (const { at, text } of lines) {
    const [, type = "", name = "", state] = progress.exec(text) ?? [];
    const key = `${type.split(":").at(-1)} ${name}`;
    if (state?.endsWith("ing") && !begun.has(key)) begun.set(key, at);
    if (state?.endsWith("ed")) took.set(key, at - (begun.get(key) ?? at));
  }
  return took;
}

/**
 * The longest chain of resources that had to wait for each other, in milliseconds: what an update would take with no
 * overhead of its own and everything else side by side. What a component depends on, its children wait for.
 */
export function criticalPath(resources: readonly StateResource[], took: ReadonlyMap<string, number>): number {
  const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
  const ends = new Map<string, number>();
  const start = ({ dependencies = [], parent }: StateResource): number => {
    const above = byUrn.get(parent ?? "");
    return Math.max(above === undefined ? 0 : start(above), ...dependencies.map(end));
  };
  const end = (urn: string): number => {
    const known = ends.get(urn);
    if (known !== undefined) return known;
    const resource = byUrn.get(urn);
    if (resource === undefined) return 0;
    const [type = "", name = ""] = urn.split("::").slice(-2);
    const own = resource.custom ? (took.get(`${type.split(":").at(-1)} ${name}`) ?? 0) : 0;
    const value = own + start(resource);
    ends.set(urn, value);
    return value;
  };
  return Math.max(0, ...resources.map(({ urn }) => end(urn)));
}
