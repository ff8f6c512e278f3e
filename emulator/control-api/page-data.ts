import type { Figure } from "../machines";
import type { Platform } from "../platform-api/platform";
import type { AddonRecord, AppRecord, TransferRecord } from "../store/entities";

const NEWEST_RELEASES = 10;
const NEWEST_BACKUPS = 10;
/** How long to wait for a service's figures; it may be starting. */
const FIGURES_TIMEOUT_MS = 2_000;

/** An app in the page's list. */
export type ListedApp = ReturnType<typeof appsForPage>[number];

/** The app that the page shows. */
export type ShownApp = Awaited<ReturnType<typeof appForPage>>;

/** The page's list of apps. */
export function appsForPage({ core, releases }: Platform) {
  const { store, machines, url } = core;
  return store
    .collection("apps")
    .all()
    .map((app) => {
      const dynos = machines.dynos.list(app.id);
      return {
        name: app.name,
        url: `${url.replace("://", `://${app.name}.`)}/`,
        maintenance: app.maintenance,
        release: releases.current(app)?.version ?? null,
        dynos: dynos.length,
        dynosUp: dynos.filter(({ state }) => state === "up").length,
        addons: store.collection("addons").count("app", app.id),
      };
    });
}

/** What the page shows of one app, without config vars and other secrets. */
export async function appForPage(platform: Platform, app: AppRecord) {
  const { store, machines } = platform.core;
  const dynos = machines.dynos
    .list(app.id)
    .map(({ name, size, state, command, releaseVersion, updatedAt }) => {
      return { name, size, state, command, release: releaseVersion, since: updatedAt };
    })
    .sort((a, b) => a.name.localeCompare(b.name, "en", { numeric: true }));
  const releases = platform.releases
    .of(app.id)
    .slice(-NEWEST_RELEASES)
    .reverse()
    .map(({ id, version, status, description, user, createdAt }) => {
      return { version, status, description, user: user.email, createdAt, current: id === app.currentReleaseId };
    });
  const attached = store.collection("attachments").by("app", app.id);
  const addons = [...new Set(attached.map(({ addonId }) => addonId))].flatMap(
    (id) => store.collection("addons").get(id) ?? [],
  );
  return {
    dynos,
    releases,
    addons: await Promise.all(
      addons.map(async (addon) => ({
        name: addon.name,
        plan: `${addon.serviceName}:${addon.planName}`,
        state: addon.state,
        attachedAs: attached.filter(({ addonId }) => addonId === addon.id).map(({ name }) => name),
        figures: await figuresOf(platform, addon),
      })),
    ),
    backups: store
      .collection("transfers")
      .by("app", app.id)
      .filter(({ deletedAt }) => deletedAt === null)
      .slice(-NEWEST_BACKUPS)
      .reverse()
      .map(backup),
  };
}

function backup(transfer: TransferRecord) {
  const { num, fromName, toName, createdAt, finishedAt, canceledAt, succeeded, processedBytes } = transfer;
  const outcome = succeeded ? "completed" : "failed";
  const state = canceledAt !== null ? "canceled" : finishedAt === null ? "running" : outcome;
  return { num, from: fromName, to: toName, state, createdAt, bytes: processedBytes };
}

async function figuresOf({ core }: Platform, addon: AddonRecord): Promise<Figure[]> {
  const service = core.machines.services.get(addon.serviceName);
  if (addon.state !== "provisioned" || service === undefined) return [];
  const timer = new AbortController();
  const timedOut = new Promise<Figure[]>((resolve) => {
    const timeout = setTimeout(() => resolve([]), FIGURES_TIMEOUT_MS);
    timer.signal.addEventListener("abort", () => clearTimeout(timeout));
  });
  // A service that is restarting has no figures.
  return Promise.race([service.figures(addon).catch(() => []), timedOut]).finally(() => timer.abort());
}
