import dockerignore from "@balena/dockerignore";
import { type BuildContext, contextFiles, contextFilter } from "./context";
import { isLabelText } from "./dockerfile";
import { gitOrigin, gitSource } from "./git-commit";

/** What tells of an image where it comes from. */
export interface LabelSources extends BuildContext {
  /** URL of the source. @default that of the git remote `origin` */
  source?: string;
  /** Pattern of the files that are database migrations, in the manner of .dockerignore. */
  migrations?: string;
}

/** Where Django keeps its migrations. */
export const DJANGO_MIGRATIONS = "*/migrations/[0-9]*.py";

/** Names of the migrations that an image holds, `<app>.<migration>`, separated by commas. */
const MIGRATIONS_LABEL = "skechwime.migrations";

/**
 * Labels that say where an image comes from, the same on every machine that builds the commit: nothing of them is the
 * time or place of a build. `untold` says why the commit is missing where it is.
 */
export function imageLabels(sources: LabelSources): { labels: Record<string, string>; untold?: string } {
  const migrations = migrationsOf(sources);
  const labels: Record<string, string> = migrations === "" ? {} : { [MIGRATIONS_LABEL]: migrations };
  const origin = gitOrigin(sources.context, contextFilter(sources));
  if ("reason" in origin) return { labels, untold: origin.reason };
  const source = sources.source ?? gitSource(sources.context);
  return {
    labels: {
      "org.opencontainers.image.revision": origin.revision,
      "org.opencontainers.image.created": origin.created,
      ...(source !== undefined && isLabelText(source) ? { "org.opencontainers.image.source": source } : {}),
      ...labels,
    },
  };
}

function migrationsOf(sources: LabelSources): string {
  const pattern = dockerignore().add(sources.migrations ?? DJANGO_MIGRATIONS);
  const names = contextFiles(sources).flatMap((path) => {
    const [, app, name] = /(?:^|\/)(\w+)\/[^/]+\/(\w+)\.\w+$/.exec(path) ?? [];
    return app !== undefined && pattern.ignores(path) ? [`${app}.${name}`] : [];
  });
  return names.sort().join(",");
}
