import { findStack } from "../catalog/stacks";
import { invalidParams, notFound } from "../http/errors";
import { newRecord } from "../new-record";
import type { AppRecord, ReleaseRecord, SlugRecord } from "../store/entities";
import type { Actor, Core } from "./core";
import type { Releases } from "./releases";

/** What a slug is registered with. */
interface SlugRequest {
  readonly processTypes: Readonly<Record<string, string>>;
  readonly buildpackProvidedDescription?: string | undefined;
  readonly checksum?: string | undefined;
  readonly commit?: string | undefined;
  readonly commitDescription?: string | undefined;
  readonly stack?: string | undefined;
}

/** Slugs, as records only: Local Heroku runs images. */
export class Slugs {
  constructor(
    private readonly core: Core,
    private readonly releases: Releases,
  ) {}

  find(app: AppRecord, id: string): SlugRecord {
    const slug = this.slugs.get(id);
    if (slug?.appId !== app.id) throw notFound("slug");
    return slug;
  }

  create(app: AppRecord, request: SlugRequest): SlugRecord {
    const stack = findStack(request.stack ?? app.buildStackName);
    if (stack === undefined) throw invalidParams(`No such stack as ${request.stack}.`);
    return this.slugs.put({
      ...newRecord(this.core),
      appId: app.id,
      processTypes: request.processTypes,
      buildpackProvidedDescription: request.buildpackProvidedDescription ?? null,
      checksum: request.checksum ?? null,
      commit: request.commit ?? null,
      commitDescription: request.commitDescription ?? null,
      size: null,
      stackName: stack.name,
    });
  }

  /** Receives a slug's archive: keeps its size, not its content. */
  async upload(id: string, content: AsyncIterable<Uint8Array>): Promise<void> {
    const slug = this.slugs.get(id);
    if (slug === undefined) throw notFound("slug");
    let size = 0;
    for await (const chunk of content) size += chunk.length;
    this.slugs.put({ ...slug, size, updatedAt: this.core.clock.timestamp() });
  }

  /** Releases a slug, which may be another app's. */
  release(app: AppRecord, id: string | undefined, description: string | undefined, user: Actor): ReleaseRecord {
    if (!id) throw invalidParams("Require params: slug.");
    const slug = this.slugs.get(id);
    if (slug === undefined) throw notFound("slug");
    return this.releases.create(app, {
      description: description || `Deploy ${slug.commit?.slice(0, 8) ?? slug.id.slice(0, 8)}`,
      user,
      code: { images: {}, slugId: slug.id },
      runsReleasePhase: true,
    });
  }

  private get slugs() {
    return this.core.store.collection("slugs");
  }
}
