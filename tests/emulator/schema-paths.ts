/** A link's path with the ids of existing resources. */
export function pathOf(href: string, ids: ReadonlyMap<string, string>): string {
  return href
    .replace("stage/{pipeline-coupling}", "stage/test")
    .replace("/teams/apps/{app}", "/teams/apps/{team-app}")
    .replaceAll(/\{([^}]*)\}/g, (_, kind) => encodeURIComponent(ids.get(kind) ?? "none"));
}
