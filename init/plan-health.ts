import type { Facts } from "./facts";
import { type Found, placeOfWord } from "./found";
import { sourceOf } from "./read-dockerfile";
import { type Setting, setting } from "./stack-file";

/** A health route where a program compares paths or declares them. */
const HEALTH_ROUTE =
  /(?:==|\bin|\.(?:get|all|use|route|head|Get|GET|MapGet|Handle)|\bpath|\broute|\bHandleFunc)\s*[:(=[]*\s*["'`](\/(?:api\/)?(?:health|healthz|health-check|healthcheck|up|status|ping|livez?|readyz?)\/?)["'`]/;

/** The page that is asked for whether the app is healthy. */
export function planHealth(facts: Facts): { settings: Setting[]; todos: string[] } {
  const { path, comment, isGuess } = healthPath(facts);
  const todo = `skechwime:healthPath is ${path}: name a page that returns 200 to a visitor who is not signed in`;
  return { settings: [setting("skechwime:healthPath", path, comment)], todos: isGuess ? [todo] : [] };
}

function healthPath(facts: Facts): { path: string; comment: string; isGuess: boolean } {
  const { django, choice, image, services } = facts;
  const route = django?.routes.health;
  const checks: (Found<string> | undefined)[] = [
    choice.service?.healthCheck === undefined
      ? undefined
      : { value: choice.service.healthCheck, at: choice.service.at },
    image.healthCheck,
    ...services
      .filter(({ build }) => build?.dockerfile === choice.dockerfile.path)
      .map(({ healthCheck, at }) => ({ value: healthCheck ?? "", at })),
  ];
  for (const check of checks) {
    const path = /(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\])(?::[\w${}-]+)?(\/[\w./-]*)/.exec(
      check?.value ?? "",
    )?.[1];
    const inScript = path ?? pathInScript(facts, check?.value ?? "");
    if (check !== undefined && inScript !== undefined && inScript !== "/")
      return { path: inScript, comment: `The health check of ${check.at}.`, isGuess: false };
  }
  const dockerflow = dockerflowIn(facts);
  if (dockerflow !== undefined) {
    return {
      path: "/__lbheartbeat__",
      comment: `guess: ${dockerflow.at} adds Dockerflow, which serves it.`,
      isGuess: false,
    };
  }
  if (route !== undefined)
    return { path: route.value, comment: `guess: ${route.at} is a health route by its name.`, isGuess: false };
  const other = routeInSources(facts);
  if (other !== undefined)
    return { path: other.value, comment: `guess: ${other.at} is a health route by its name.`, isGuess: false };
  const { home, admin } = django?.routes ?? {};
  if (servesWelcomePage(facts)) {
    return { path: "/", comment: "guess: Django's own welcome page, while debug pages are on.", isGuess: false };
  }
  if (home === undefined && admin !== undefined) {
    return {
      path: `${admin.value.replace(/\/$/, "")}/login/`,
      comment: `guess: ${admin.at} is the admin, whose login page is open to everybody.`,
      isGuess: true,
    };
  }
  return {
    path: "/",
    comment:
      home === undefined
        ? "guess: no health route was found."
        : `guess: no health route was found; ${home.at} serves this page.`,
    isGuess: true,
  };
}

/** Django shows a page of its own at `/` while a fresh project has no other than the admin, and debug pages are on. */
function servesWelcomePage({ files, django }: Facts): boolean {
  const urls = files.paths.filter((path) => /(^|\/)urls\.py$/.test(path) && path.startsWith(django?.folder ?? ""));
  const paths = urls.flatMap((path) => [...files.read(path).matchAll(/^\s*(re_)?path\(/gm)]);
  return (
    paths.length === 1 && (django?.settingsFiles ?? []).some((path) => /^DEBUG\s*=\s*True/m.test(files.read(path)))
  );
}

/** The page that a health check's script asks for. */
function pathInScript({ files, image, choice }: Facts, check: string): string | undefined {
  const paths = check.split(/\s+/).flatMap((word) => sourceOf(image, choice.context, files, word) ?? []);
  const found = /["'`}\s](\/[\w./-]*(?:health|status|ping|heartbeat|ready|live)[\w/-]*)/.exec(
    paths.map((path) => files.read(path)).join("\n"),
  );
  return found?.[1];
}

/** Mozilla's middleware, whose health routes stand in no URL configuration. */
function dockerflowIn({ files, django }: Facts): Found<string> | undefined {
  const path = django?.settingsFiles.find((file) => /dockerflow\.django/.test(files.read(file)));
  return path === undefined ? undefined : { value: path, at: placeOfWord(path, files.read(path), "dockerflow.django") };
}

/** A health route in the sources of another program, or in middleware of a Django project. */
function routeInSources({ files, choice, django }: Facts): Found<string> | undefined {
  const folder = choice.context === "" ? "" : `${choice.context}/`;
  const endings = django === undefined ? /\.(m?js|ts|go|rb|py|php|ex|rs|java|conf|template)$/ : /\.py$/;
  for (const path of files.paths) {
    if (!path.startsWith(folder) || !endings.test(path) || /(^|\/)(tests?|spec|e2e|docs?)\/|\.(test|spec)\./.test(path))
      continue;
    const text = files.read(path);
    const match = HEALTH_ROUTE.exec(text) ?? /location\s+=?\s*()(\/(?:health|healthz|status|ping))\b/.exec(text);
    const value = match?.[2] || match?.[1];
    if (match && value) return { value, at: `${path}:${text.slice(0, match.index).split("\n").length}` };
  }
  return undefined;
}
