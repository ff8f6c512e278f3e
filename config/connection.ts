import * as pulumi from "@pulumi/pulumi";
import type { HerokuConnection } from "../components/support/heroku-providers";
import type { Issue } from "../validation/issue";
import { serverUrl } from "../validation/rules";
import { isEncrypted } from "./encryption";

/** How the program reaches Heroku. */
export interface Connection {
  heroku: HerokuConnection;
  /** Registry that images are pushed to, with the API key as password. */
  registry: { server: string; username: string; password: pulumi.Output<string> };
}

/** Reads the providers' own namespaces, and the environment variables that they fall back to. */
export function readConnection(issues: Issue[]): Connection | undefined {
  const heroku = new pulumi.Config("heroku");
  const native = new pulumi.Config("heroku-native");
  const configured = heroku.get("apiKey");
  const key = configured ?? process.env.HEROKU_API_KEY;
  const apiUrl = heroku.get("url");
  if (!key) {
    const reason =
      "is missing; set the environment variable HEROKU_API_KEY, or run: pulumi config set --secret heroku:apiKey";
    issues.push({ propertyPath: "heroku:apiKey", reason });
    return undefined;
  }
  if (configured !== undefined && apiUrl === undefined && !isEncrypted("heroku:apiKey")) {
    const reason = "must be encrypted; set it with: pulumi config set --secret heroku:apiKey";
    issues.push({ propertyPath: "heroku:apiKey", reason });
  }
  const registryUrl = native.get("registryUrl") ?? process.env.HEROKU_REGISTRY_URL ?? "https://registry.heroku.com";
  const reason = serverUrl(registryUrl);
  if (reason !== undefined) {
    issues.push({ propertyPath: "heroku-native:registryUrl", reason });
    return undefined;
  }
  return {
    heroku: {
      apiKey: configured === undefined ? undefined : pulumi.secret(configured),
      apiUrl,
      dataUrl: native.get("dataUrl"),
      registryUrl: native.get("registryUrl"),
      postAppCreateDelay: heroku.getObject<{ postAppCreateDelay?: number }>("delays")?.postAppCreateDelay,
    },
    registry: {
      server: new URL(registryUrl).host,
      username: "_",
      password: pulumi.secret(key),
    },
  };
}
