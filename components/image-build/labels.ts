import { dirname, relative, resolve } from "node:path";
import dockerignore from "@balena/dockerignore";
import type { BuildContext } from "./context";
import { isLabelText } from "./dockerfile";
import { type GitCommit, gitCommit, gitSource, type NoCommit } from "./git-commit";

/** What the labels say besides what the context itself holds. */
export interface LabelSettings {
  /** URL of the source. @default that of the git remote `origin` */
  source?: string;
  /** Pattern of the files that are database migrations, as in .dockerignore. @default Django's */
  migrations?: string;
}

/** Where Django keeps its migrations. */
export const DJANGO_MIGRATIONS = "*/migrations/[0-9]*.py";

/** Names of the migrations that an image holds, `<app>.<migration>`, separated by commas. */
const MIGRATIONS_LABEL = "skechwime.migrations";

/**
 * Labels that say where an image comes from, the same on every machine that builds the commit: they do not depend on the
 * time or place of a build. `noCommit` says why the commit is missing, if it is.
 */
export function imageLabels(
  context: BuildContext,
  settings: LabelSettings = {},
): { labels: Record<string, string>; noCommit?: string } {
  const migrations = migrationsOf(context, settings.migrations ?? DJANGO_MIGRATIONS);
  const labels: Record<string, string> = migrations === "" ? {} : { [MIGRATIONS_LABEL]: migrations };
  const commit = commitOf(context);
  if ("reason" in commit) return { labels, noCommit: commit.reason };
  const source = settings.source ?? gitSource(context.folder);
  return {
    labels: {
      "org.opencontainers.image.revision": commit.revision,
      "org.opencontainers.image.created": commit.created,
      ...(source !== undefined && isLabelText(source) ? { "org.opencontainers.image.source": source } : {}),
      ...labels,
    },
  };
}

/** The commit of the context and of its Dockerfile, which may lie outside of it. */
function commitOf({ folder, dockerfile, isTaken }: BuildContext): GitCommit | NoCommit {
  let top = folder;
  while (relative(top, dockerfile.source).startsWith("..")) top = dirname(top);
  const inside = (path: string) => relative(folder, resolve(top, path)).replaceAll("\\", "/");
  return gitCommit(
    top,
    (path) => resolve(top, path) === dockerfile.source || (!inside(path).startsWith("../") && isTaken(inside(path))),
  );
}

function migrationsOf({ files }: BuildContext, pattern: string): string {
  const isMigration = dockerignore().add(pattern);
  const names = files.flatMap(({ path }) => {
    const [, app, name] = /(?:^|\/)(\w+)\/[^/]+\/(\w+)\.\w+$/.exec(path) ?? [];
    return app !== undefined && isMigration.ignores(path) ? [`${app}.${name}`] : [];
  });
  return names.sort().join(",");
}
