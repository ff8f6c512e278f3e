/** Labels that show where an image comes from. The program writes them, and the plugin reads them. */
export const ORIGIN_LABELS = {
  revision: "org.opencontainers.image.revision",
  created: "org.opencontainers.image.created",
  source: "org.opencontainers.image.source",
} as const;

const MIGRATIONS_LABEL = "skechwime.migrations";

/**
 * Longest label in bytes. A line of a Dockerfile may have 65,535, and large projects have more migrations than that.
 */
const LONGEST_LABEL = 50_000;

/**
 * Labels for the migrations in an image, `<app>.<migration>`: `skechwime.migrations`, then `skechwime.migrations.2` and
 * so on if one label would be too long.
 */
export function migrationLabels(migrations: readonly string[]): Record<string, string> {
  const values: string[] = [];
  for (const migration of migrations) {
    const value = values.at(-1);
    if (value !== undefined && value.length + 1 + migration.length <= LONGEST_LABEL) {
      values[values.length - 1] = `${value},${migration}`;
    } else values.push(migration);
  }
  return Object.fromEntries(values.map((value, i) => [labelName(i), value]));
}

/** The migrations that labels list; undefined if the image has no such label. */
export function migrationsOf(labels: Readonly<Record<string, string>>): string[] | undefined {
  if (labels[MIGRATIONS_LABEL] === undefined) return undefined;
  const names: string[] = [];
  for (let i = 0, value = labels[labelName(i)]; value !== undefined; value = labels[labelName(++i)]) {
    names.push(...value.split(",").filter((name) => name !== ""));
  }
  return names;
}

const labelName = (i: number): string => (i === 0 ? MIGRATIONS_LABEL : `${MIGRATIONS_LABEL}.${i + 1}`);
