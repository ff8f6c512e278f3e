import { dirname, relative, resolve } from "node:path";
import dockerignore from "@balena/dockerignore";
import { migrationLabels, ORIGIN_LABELS } from "../../images/labels";
import { DEFAULTS } from "../../validation/defaults";
import type { BuildContext } from "./context";
import { isLabelText } from "./dockerfile";
import { type GitCommit, gitCommit, gitSource, type NoCommit } from "./git-commit";

/** What the labels contain besides facts about the context. */
export interface LabelSettings {
  /** URL of the source. @default that of the git remote `origin` */
  source?: string;
  /** Pattern of the files that are database migrations, as in .dockerignore. @default Django's */
  migrations?: string;
}

/**
 * Labels that show where an image comes from. They do not depend on the time or place of the build, so they are the
 * same on every machine that builds the commit. `noCommit` is the reason if the commit is missing.
 */
export function imageLabels(
  context: BuildContext,
  settings: LabelSettings = {},
): { labels: Record<string, string>; noCommit?: string } {
  const labels = migrationLabels(migrationsIn(context, settings.migrations ?? DEFAULTS.migrations));
  const commit = commitOf(context);
  if ("reason" in commit) return { labels, noCommit: commit.reason };
  const source = settings.source ?? gitSource(context.folder);
  return {
    labels: {
      [ORIGIN_LABELS.revision]: commit.revision,
      [ORIGIN_LABELS.created]: commit.created,
      ...(source !== undefined && isLabelText(source) ? { [ORIGIN_LABELS.source]: source } : {}),
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

function migrationsIn({ files }: BuildContext, pattern: string): string[] {
  const isMigration = dockerignore().add(pattern);
  const names = files.flatMap(({ path }) => {
    const [, app, name] = /(?:^|\/)(\w+)\/[^/]+\/(\w+)\.\w+$/.exec(path) ?? [];
    return app !== undefined && isMigration.ignores(path) ? [`${app}.${name}`] : [];
  });
  return names.sort();
}
