import * as v from "valibot";
import type { BackingRegistry, Reply } from "./backing-registry";
import { isImageTag, type RepositoryPath } from "./repository-path";

const TagList = v.object({ tags: v.nullable(v.array(v.string())) });

/** The tags that users pushed, in the protocol's pages of `n` after `last`. */
export async function listTags(
  backing: BackingRegistry,
  repository: string,
  path: RepositoryPath,
  url: URL,
): Promise<Reply> {
  const reply = await backing.send("GET", `/v2/${repository}/tags/list`);
  if (reply.status !== 200 || path.rest !== "list") return reply;
  const name = `${path.app}/${path.processType}`;
  const last = url.searchParams.get("last") ?? "";
  const limit = url.searchParams.has("n") ? Number(url.searchParams.get("n")) : Number.POSITIVE_INFINITY;
  const all = v.parse(TagList, JSON.parse(reply.body.toString("utf8"))).tags ?? [];
  const following = all.filter((tag) => !isImageTag(tag) && tag > last).sort();
  const page = following.slice(0, limit);
  const more = page.length < following.length && page.length > 0;
  const next = new URLSearchParams({ n: String(limit), last: page.at(-1) ?? "" });
  return {
    status: 200,
    headers: {
      "content-type": "application/json",
      ...(more ? { link: `</v2/${name}/tags/list?${next}>; rel="next"` } : {}),
    },
    body: Buffer.from(JSON.stringify({ name, tags: page })),
  };
}
