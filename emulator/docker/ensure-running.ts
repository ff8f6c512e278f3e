import type { ContainerInspectInfo } from "dockerode";
import type { ContainerSpec, Engine } from "./engine";

/** Creates and starts the container if necessary; `prepare` is called before a start. */
export async function ensureRunning(
  engine: Engine,
  spec: ContainerSpec,
  prepare: (containerId: string) => Promise<void> = async () => {},
): Promise<ContainerInspectInfo> {
  const found = await engine.find(spec.name);
  if (found?.State.Running) return found;
  const id = found?.Id ?? (await engine.create(spec)).id;
  await prepare(id);
  const container = engine.docker.getContainer(id);
  await container.start();
  return container.inspect();
}
