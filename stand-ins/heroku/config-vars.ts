import { appPath, type PlatformApi } from "./platform-api";
import type { Context } from "./resource";

export type Vars = Readonly<Record<string, string>>;

/** The config vars of an app. */
export async function configVarsOf(heroku: PlatformApi, appId: string): Promise<Record<string, string>> {
  const vars = await heroku.get<Record<string, string | null>>(`${appPath(appId)}/config-vars`);
  return Object.fromEntries(Object.entries(vars).flatMap(([name, value]) => (value === null ? [] : [[name, value]])));
}

/** Brings the app's config vars from `before` to `after` in one request, and waits for the release that it makes. */
export async function changeConfigVars(appId: string, before: Vars, after: Vars, context: Context): Promise<void> {
  const removed = Object.keys(before).filter((name) => !(name in after));
  const isSame = removed.length === 0 && Object.entries(after).every(([name, value]) => before[name] === value);
  if (isSame) return;
  const body = { ...Object.fromEntries(removed.map((name) => [name, null])), ...after };
  await context.heroku.patch(`${appPath(appId)}/config-vars`, body);
  await newestRelease(appId, context);
}

interface Release {
  version: number;
  status: "pending" | "succeeded" | "failed" | "expired";
}

const releaseTimeout = 20 * 60_000;

async function newestRelease(appId: string, { heroku, timeout = releaseTimeout }: Context): Promise<void> {
  const look = async () => {
    const range = { range: "version ..; max=1, order=desc" };
    const [newest] = await heroku.get<Release[]>(`${appPath(appId)}/releases`, range);
    return newest?.status === "pending" ? undefined : newest;
  };
  const release = await heroku.waitFor(`the release of the config vars of app ${appId}`, timeout, look);
  if (release.status === "succeeded") return;
  throw new Error(
    `release v${release.version} of the config vars must succeed, got ${release.status}; ` +
      "read the app's log, correct the cause and run `pulumi up` again",
  );
}

/** Of an app's config vars, those that a resource manages. */
export function onlyThose(vars: Vars, managed: Vars | null | undefined): Record<string, string> {
  return Object.fromEntries(Object.entries(vars).filter(([name]) => name in (managed ?? {})));
}

/** What is wrong when a name is in both of two sets. */
export function doubleFaults(sets: Readonly<Record<string, Vars>>): Record<string, string> {
  const [first, second] = Object.entries(sets);
  const twice = Object.keys(first?.[1] ?? {}).filter((name) => name in (second?.[1] ?? {}));
  if (first === undefined || second === undefined || twice.length === 0) return {};
  return {
    [second[0]]: `${second[0]} and ${first[0]} must not share names, got ${twice.join(", ")}; remove one of each`,
  };
}
