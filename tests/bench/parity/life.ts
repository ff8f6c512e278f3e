import type { LocalHerokuProcess } from "../../support/local-heroku-process";
import type { EngineStep, ProviderSet, StackDriver } from "../../support/stack-driver";
import { CHANGES, withChange } from "./changes";

/** What is compared of a resource in the state. */
export interface StateResource {
  urn: string;
  type: string;
  outputs?: Record<string, unknown>;
  created?: string;
  modified?: string;
}

/** What a command asked Heroku's APIs for, and what releases it made. */
export interface CommandFigures {
  /** `GET /apps/:app/releases` -> number of requests. */
  requests: Map<string, number>;
  releases: number;
}

/** One life of the stack `local`, from nothing to nothing, with one set of providers. */
export interface Life {
  set: ProviderSet;
  resources: StateResource[];
  commands: Map<string, CommandFigures>;
  /** The steps of the preview of each change. */
  previews: Map<string, EngineStep[]>;
}

/** Lives it with the set that the stack uses. */
export async function live(set: ProviderSet, heroku: LocalHerokuProcess, stack: StackDriver): Promise<Life> {
  const commands = new Map<string, CommandFigures>();
  const previews = new Map<string, EngineStep[]>();
  const counted = async (name: string, command: () => Promise<unknown>) => {
    const before = await releaseCount(heroku);
    await heroku.clearRequests();
    await command();
    const requests = await requestCounts(heroku);
    // An app that is gone has no releases.
    commands.set(name, { requests, releases: Math.max(0, (await releaseCount(heroku)) - before) });
  };

  previews.set("everything, from nothing", await stack.previewSteps());
  await counted("up", stack.up);
  const exported = await stack.succeed("stack", "export", "--show-secrets", "--stack", stack.stack);
  const { resources }: { resources: StateResource[] } = JSON.parse(exported).deployment;
  for (const change of CHANGES) {
    previews.set(change.name, await withChange(stack, change, () => stack.previewSteps()));
  }
  await counted("no-op up", stack.up);
  await counted("refresh", stack.refresh);
  await counted("destroy", stack.destroy);
  return { set, resources, commands, previews };
}

async function releaseCount(heroku: LocalHerokuProcess): Promise<number> {
  const [app] = await heroku.api<{ id: string }[]>("GET", "/apps");
  return app === undefined ? 0 : (await heroku.api<unknown[]>("GET", `/apps/${app.id}/releases`)).length;
}

/** Images go to the registry, which is none of the APIs. */
async function requestCounts(heroku: LocalHerokuProcess): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for (const { method, path } of await heroku.requests()) {
    if (path.startsWith("/v2/")) continue;
    const request = `${method} ${path.replace(/[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/g, ":id")}`;
    counts.set(request, (counts.get(request) ?? 0) + 1);
  }
  return counts;
}
