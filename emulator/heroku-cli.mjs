/**
 * Lets the container commands of Heroku's CLI reach Local Heroku: NODE_OPTIONS loads this file into the CLI's process.
 * For the CLI the registry is `registry.<HEROKU_HOST>`. With an address in HEROKU_HOST that is
 * `registry.http://localhost:5075`, which is no host name; here the requests and the `docker` commands that name it get
 * the address's host.
 */
import childProcess from "node:child_process";
import http from "node:http";
import { syncBuiltinESMExports } from "node:module";

const { HEROKU_HOST = "" } = process.env;

if (HEROKU_HOST.startsWith("http://")) {
  const registry = `registry.${HEROKU_HOST}`;
  const { host, hostname } = new URL(HEROKU_HOST);
  const { request } = http;
  const { spawn } = childProcess;

  Object.assign(http, {
    /** @param {import("node:http").RequestOptions} options @param {unknown[]} others */
    request: (options, ...others) =>
      Reflect.apply(request, http, [options.hostname === registry ? { ...options, hostname } : options, ...others]),
  });
  Object.assign(childProcess, {
    /** @param {string} command @param {readonly string[]} args @param {unknown[]} others */
    spawn: (command, args, ...others) =>
      Reflect.apply(spawn, childProcess, [
        command,
        command === "docker" ? args.map((arg) => arg.replace(registry, host)) : args,
        ...others,
      ]),
  });
  syncBuiltinESMExports();
}
