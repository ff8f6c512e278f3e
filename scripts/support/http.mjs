import { request } from "node:http";

/**
 * Asks a program on this machine. Names below `localhost` are sent as the host, not looked up: not every system resolves them.
 * @param {URL} url
 * @param {{ method?: string, timeout?: number }} [options] timeout in milliseconds
 * @returns {Promise<{ status: number, body: string } | undefined>} undefined when nothing answers
 */
export function ask(url, { method = "GET", timeout = 5_000 } = {}) {
  return new Promise((resolve) => {
    const asked = request(
      { host: "localhost", port: url.port, method, path: `${url.pathname}${url.search}`, headers: { host: url.host } },
      (response) => {
        let body = "";
        response.setEncoding("utf8");
        response.on("data", (chunk) => {
          body += chunk;
        });
        response.on("end", () => resolve({ status: response.statusCode ?? 0, body }));
        response.on("error", () => resolve({ status: response.statusCode ?? 0, body }));
      },
    );
    asked.setTimeout(timeout, () => asked.destroy());
    asked.on("error", () => resolve(undefined));
    asked.end();
  });
}
