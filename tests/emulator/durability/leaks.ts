import Docker from "dockerode";
import type { LocalHerokuProcess } from "../../support/local-heroku-process";

interface Row {
  id: string;
}

const DYNO = "local-heroku.dyno";
const ADDON = "local-heroku.addon";

/** Names of containers and volumes without a record. */
export async function findLeaks(heroku: LocalHerokuProcess): Promise<string[]> {
  const { instance } = await heroku.control<{ instance: string }>("GET", "/health");
  const docker = new Docker();
  const filters = { label: [`local-heroku.instance=${instance}`] };
  const containers = await docker.listContainers({ all: true, filters });
  const { Volumes } = await docker.listVolumes({ filters: JSON.stringify(filters) });
  const addons = new Set((await heroku.api<Row[]>("GET", "/addons")).map(({ id }) => id));
  const apps = await heroku.api<Row[]>("GET", "/apps");
  const dynos = new Set<string>();
  const releases = new Set<string>();
  for (const { id } of apps) {
    for (const dyno of await heroku.api<Row[]>("GET", `/apps/${id}/dynos`)) dynos.add(dyno.id);
    const rows = await heroku.api<{ id: string; status: string }[]>("GET", `/apps/${id}/releases`);
    for (const row of rows) if (row.status === "pending") releases.add(row.id);
  }
  const unknown = containers.filter(({ Labels }) => {
    const addon = Labels[ADDON];
    if (addon !== undefined) return !addons.has(addon);
    if (Labels[DYNO] === undefined) return false;
    const plan: { id: string; releaseId: string; role: string } = JSON.parse(Labels[DYNO]);
    return !dynos.has(plan.id) && !(plan.role === "release" && releases.has(plan.releaseId));
  });
  const volumes = (Volumes ?? []).map(({ Name }) => Name).filter((name) => /-(postgres|redis)-/.test(name));
  const forgotten = volumes.filter((name) => ![...addons].some((id) => name.endsWith(id)));
  return [...unknown.flatMap(({ Names, State }) => Names.map((name) => `${name} (${State})`)), ...forgotten];
}
