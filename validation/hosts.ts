/** How a config var holds the app's host names. */
export const HOSTS_FORMS = ["comma", "space", "json", "origins"] as const;
export type HostsForm = (typeof HOSTS_FORMS)[number];

/**
 * Host names in one of the forms. A name that begins with a dot stands for all names under it, as Django has it; in `origins`,
 * which are `https://` URLs separated by commas, it becomes `*.`.
 */
export function hostNames(hosts: readonly string[], form: HostsForm): string {
  switch (form) {
    case "comma":
      return hosts.join(",");
    case "space":
      return hosts.join(" ");
    case "json":
      return JSON.stringify(hosts);
    case "origins":
      return hosts.map((host) => `https://${host.replace(/^\./, "*.")}`).join(",");
  }
}

/** Whether a text names a form. */
export const isHostsForm = (text: string): text is HostsForm => HOSTS_FORMS.some((form) => form === text);
