/** Checks a whole number against its bounds; `subject` is what the user calls it. */
export function wholeNumberFault(subject: string, least: number, most: number): (value: number) => string | undefined {
  return (value) => (value >= least && value <= most ? undefined : `${subject} must be ${least}-${most}, got ${value}`);
}

/** Checks a whole number that has no upper bound. */
export function atLeastFault(subject: string, least: number): (value: number) => string | undefined {
  return (value) => (value >= least ? undefined : `${subject} must be ${least} or more, got ${value}`);
}

/** Checks the name of a process type. */
export function processTypeFault(type: string): string | undefined {
  if (/^[-\w]{1,128}$/.test(type)) return undefined;
  return `process type must be letters, digits, "-" and "_", at most 128, got "${type}"`;
}

/** Checks an IANA name: "UTC" or Area/City. Words such as CET mean different zones to different programs. */
export function timezoneFault(value: string): string | undefined {
  const problem = `backup time zone must be an IANA name, got "${value}"`;
  if (value === "UTC") return undefined;
  if (!/^[A-Za-z_]+(\/[A-Za-z0-9_+-]+)+$/.test(value)) return `${problem}; e.g. "Europe/Berlin" or "UTC"`;
  try {
    const known = new Intl.DateTimeFormat("en", { timeZone: value }).resolvedOptions().timeZone;
    const onlyCaseDiffers = known !== value && known.toLowerCase() === value.toLowerCase();
    return onlyCaseDiffers ? `${problem}; write "${known}"` : undefined;
  } catch {
    return `${problem}; no such time zone is known, e.g. "Europe/Berlin" or "UTC"`;
  }
}

/** Checks an http(s) URL of a server, with nothing behind its host and no credentials in it. */
export function serverUrlFault(subject: string): (value: string) => string | undefined {
  return (value) => {
    const advice = 'a URL such as "https://api.heroku.com"';
    if (!URL.canParse(value)) return `${subject} must be ${advice}, got "${value}"`;
    const url = new URL(value);
    // What was given may hold a password here, so it is not repeated.
    if (url.username || url.password) return `${subject} must hold no user or password; use ${advice}`;
    const legal = /^https?:$/.test(url.protocol) && url.pathname === "/" && !url.search && !url.hash;
    return legal ? undefined : `${subject} must be ${advice}, got "${value}"`;
  };
}
