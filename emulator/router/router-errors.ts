/** Heroku's error codes and descriptions: https://devcenter.heroku.com/articles/error-codes */
export const ROUTER_ERRORS = {
  H10: "App crashed",
  H12: "Request timeout",
  H13: "Connection closed without response",
  H14: "No web processes running",
  H15: "Idle connection",
  H18: "Server Request Interrupted",
  H19: "Backend connection timeout",
  H20: "App boot timeout",
  H21: "Backend connection refused",
  H27: "Client Request Interrupted",
  H80: "Maintenance mode",
  H81: "Blank app",
  H99: "Platform error",
} as const;

/** A code of Heroku's router. */
export type RouterErrorCode = keyof typeof ROUTER_ERRORS;

/** A request that the router replies to itself. */
export class RouterError extends Error {
  override readonly name = "RouterError";

  /** `dyno` is the one that the request was sent to, if any. */
  constructor(
    readonly code: RouterErrorCode,
    readonly dyno = "",
  ) {
    super(ROUTER_ERRORS[code]);
  }
}

/** The page that a browser shows instead of the app. */
export function errorPage(title: string, text: string): string {
  return `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>${title}</title>
<style>body{font:16px/1.5 sans-serif;color:#3f3f44;max-width:32rem;margin:15vh auto;padding:0 1rem}</style></head>
<body><h1>${title}</h1><p>${text}</p></body></html>
`;
}

/** The page for an error code. */
export function pageFor(code: RouterErrorCode): string {
  if (code === "H80")
    return errorPage("Offline for Maintenance", "This application is undergoing maintenance right now.");
  if (code === "H81") return errorPage("Welcome to your new app!", "It has no release yet.");
  const hint = "See the app's log: <code>heroku logs --tail</code>";
  return errorPage("Application error", `${code}: ${ROUTER_ERRORS[code]}. ${hint}`);
}
