import { migrationsOf, ORIGIN_LABELS } from "../../images/labels";
import type { HerokuClient } from "../heroku/client";
import { askRegistry, type ImageReference, repositoryPath } from "./manifest";

/** What an image says of itself in its config. */
export interface ImageConfig {
  /** Operating system and architecture, `linux/amd64`. */
  platform: string;
  /** Entrypoint and command together. */
  command: string[];
  origin: ImageOrigin;
}

/** Where an image comes from, as its labels tell. What no label tells is missing. */
export interface ImageOrigin {
  /** Commit it was built from. */
  revision?: string;
  /** Address of the source code. */
  sourceUrl?: string;
  /** When it was built, as an RFC 3339 timestamp. */
  created?: string;
  /** Django migrations it brings, `<app>.<migration>`. */
  migrations?: string[];
}

interface ConfigBlob {
  os?: string;
  architecture?: string;
  config?: { Labels?: Record<string, string> | null; Entrypoint?: string[] | null; Cmd?: string[] | null };
}

/** Reads the config of the image with this image id. */
export async function readImageConfig(
  client: HerokuClient,
  repository: Omit<ImageReference, "digest">,
  imageId: string,
): Promise<ImageConfig> {
  const response = await askRegistry(client, "GET", `${repositoryPath(repository)}/blobs/${imageId}`);
  const { os = "unknown", architecture = "unknown", config = {} } = (await response.json()) as ConfigBlob;
  return {
    platform: `${os}/${architecture}`,
    command: [...(config.Entrypoint ?? []), ...(config.Cmd ?? [])],
    origin: originOf(config.Labels ?? {}),
  };
}

function originOf(labels: Record<string, string>): ImageOrigin {
  return {
    revision: labels[ORIGIN_LABELS.revision],
    sourceUrl: labels[ORIGIN_LABELS.source],
    created: labels[ORIGIN_LABELS.created],
    migrations: migrationsOf(labels),
  };
}
