import type { Clock } from "../clock";
import type { Ids } from "../ids";
import type { AppRecord } from "../store/entities";
import { currentRelease } from "../store/queries";
import type { Store } from "../store/store";
import type { DynoPlan, DynoRole } from "./dyno-plan";

/** A dyno that an app should have: its plan without what changes with each start. */
export type WantedDyno = Omit<DynoPlan, "id" | "port" | "createdAt">;

/** The dynos of an app's formation and current release, by name. */
export function wantedDynos(store: Store, app: AppRecord): Map<string, WantedDyno> {
  const wanted = new Map<string, WantedDyno>();
  const release = currentRelease(store, app);
  if (!release) return wanted;
  for (const { type, quantity, size } of store.collection("formations").by("app", app.id)) {
    const image = release.images[type];
    if (!image || type === "release") continue;
    for (let number = 1; number <= quantity; number++) {
      const name = `${type}.${number}`;
      const { command, imageId } = image;
      const what = { role: "dyno" as const, appId: app.id, name, type, size, command, imageId };
      wanted.set(name, { ...what, releaseId: release.id, releaseVersion: release.version });
    }
  }
  return wanted;
}

/** Whether a running dyno matches what is wanted now. */
export function isSame(running: WantedDyno, wanted: WantedDyno): boolean {
  return running.releaseId === wanted.releaseId && running.size === wanted.size && running.imageId === wanted.imageId;
}

/** Completes a plan with a new id, and a random port for a web process. */
export function planOf(wanted: WantedDyno & { role: DynoRole }, ids: Ids, clock: Clock): DynoPlan {
  const port = wanted.role === "dyno" && wanted.type === "web" ? 3_000 + ids.below(57_000) : null;
  return { ...wanted, id: ids.uuid(), port, createdAt: clock.timestamp() };
}
