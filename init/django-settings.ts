import type { Facts } from "./facts";

/** Whether the settings know from Heroku's router that a visitor came by https. */
export const hasProxyHeader = ({ files, django }: Facts): boolean =>
  (django?.settingsFiles ?? []).some((path) => /^\s*SECURE_PROXY_SSL_HEADER\s*=\s*\(/m.test(files.read(path)));

/** Whether a default, as written in Python, switches something on. */
export const isTruthy = (value: string | undefined): boolean => /^["']?(true|1|yes|on)["']?$/i.test(value ?? "");
