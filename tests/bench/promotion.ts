import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { defaultRuntime } from "../../provider/heroku/client";
import { buildImage, pull, push, removeImages } from "../emulator/docker/test-image";
import { PluginClient } from "../provider/support/plugin-client";
import { LocalHerokuProcess } from "../support/local-heroku-process";
import { medianSeconds, seconds } from "./median";

const docker = (...args: string[]) => promisify(execFile)("docker", args);

/** Layers of the image, whose bytes do not compress. */
const LAYERS = 5;
const LAYER_BYTES = 100_000_000;

/** What it takes to bring an image of 500 MB from one app to another. */
export interface PromotionFigures {
  promotion: number;
  /** The same with Docker's own commands. */
  pullTagPush: number;
}

/** Measures on a Local Heroku of its own, with none of the image's layers on this machine. */
export async function measurePromotion(): Promise<PromotionFigures> {
  const heroku = await LocalHerokuProcess.start();
  const repository = (app: string) => `localhost:${heroku.port}/${app}/web`;
  const [source, pulled] = [repository("bench-source"), repository("bench-pulled")];
  const apps = ["bench-source", "bench-pulled", "bench-one", "bench-two", "bench-three"];
  const plugin = await PluginClient.start(heroku.url, { runtime: defaultRuntime, apiKey: "local-heroku" });
  let reference = source;
  try {
    for (const name of apps) await heroku.api("POST", "/apps", { name, stack: "container" });
    reference = `${source}@${await pushLargeImage(source)}`;
    const targets = apps.slice(2);
    const promotion = await medianSeconds(targets.length, () =>
      plugin.create("PromotedImage", { source: reference, app: targets.shift(), processType: "web" }),
    );
    const pullTagPush = await seconds(async () => {
      await pull(reference, "local-heroku");
      await docker("tag", reference, pulled);
      await push(pulled, "local-heroku");
    });
    return { promotion, pullTagPush };
  } finally {
    plugin.stop();
    await removeImages(source, pulled, reference);
    await docker("image", "prune", "--force", "--filter", "label=skechwime.bench");
    await heroku.destroy();
  }
}

/** Pushes an image and takes it off this machine; answers its digest. */
async function pushLargeImage(tag: string): Promise<string> {
  const layers = Array.from({ length: LAYERS }, (_, layer) => {
    const script = `open R, "/dev/urandom"; open W, ">/layer-${layer}"; print W $_ while $left < ${LAYER_BYTES} and $left += read R, $_, 1e6`;
    return `RUN ["perl", "-e", ${JSON.stringify(script)}]`;
  });
  await buildImage(tag, "LABEL skechwime.bench=1", ...layers, 'CMD ["sleep", "1"]');
  await push(tag, "local-heroku");
  const { stdout } = await docker("image", "inspect", "--format", "{{index .RepoDigests 0}}", tag);
  await removeImages(tag);
  return stdout.trim().split("@")[1] ?? "";
}
