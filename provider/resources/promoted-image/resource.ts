import type { HerokuClient } from "../../heroku/client";
import { copyImage, hasManifest } from "../../registry/copy";
import { readLatest } from "../../registry/manifest";
import type { InputsOf, StateOf } from "../../schema/definition";
import type { Context, FormerState, Live, Resource } from "../resource";
import { promotedImage as definition } from "./definition";
import { readSource } from "./source";
import { promotionOutputs } from "./summary";

type Definition = typeof definition;
type Inputs = InputsOf<Definition>;
type State = StateOf<Definition>;
type Former = FormerState<Definition>;

export const promotedImage: Resource<Definition> = {
  definition,

  async preview({ source, app, processType, from, since }, former, { client }) {
    if (source === undefined || processType === undefined) return {};
    const image = await readSource(client, source, processType);
    const promotion = { app, processType, from, since };
    const outputs = await promotionOutputs(client, promotion, image, former?.imageId);
    await client.operation.tell(`promotes ${outputs.summary}`, "info");
    // A new app gets its name while it is made.
    return app === undefined ? outputs : { ...outputs, reference: copyOf(source, app, processType) };
  },

  async create(inputs, context) {
    return { id: `${inputs.app}/${inputs.processType}`, state: await promote(inputs, undefined, context) };
  },

  read: (id, former, { client }) => (former ? readCopy(client, id, former) : adopt(client, id)),

  update: (_id, inputs, former, context) => promote(inputs, former, context),

  /** Heroku's registry deletes no image, and what runs may need it. */
  async delete() {},
};

async function promote(inputs: Inputs, former: Former | undefined, { client }: Context): Promise<State> {
  const { source, app, processType } = inputs;
  const image = await readSource(client, source, processType);
  // Said of the app as it is before: the copy becomes its latest image.
  const outputs = await promotionOutputs(client, inputs, image, former?.imageId);
  await copyImage(client, image.manifest, image.repository, { app, processType });
  return { ...inputs, ...outputs, reference: copyOf(source, app, processType) };
}

/** The copy, while the app's repository has it. */
async function readCopy(client: HerokuClient, id: string, former: Former): Promise<Live<Definition> | undefined> {
  const { source, app, processType, from, since } = former;
  const digest = digestOf(source);
  if (!(await hasManifest(client, { app, processType, digest }))) return undefined;
  const { reference = copyOf(source, app, processType), imageId = "", summary = "" } = former;
  const inputs = { source, app, processType, from, since };
  return { id, inputs, state: { ...former, ...inputs, reference, imageId, summary } };
}

/** For an import: the image pushed last, as a copy of itself. */
async function adopt(client: HerokuClient, id: string): Promise<Live<Definition> | undefined> {
  const [app = "", processType = ""] = id.split("/", 2);
  const latest = await readLatest(client, { app, processType });
  if (!latest) return undefined;
  const source = `${new URL(client.settings.registryUrl).host}/${app}/${processType}@${latest.digest}`;
  const inputs = { source, app, processType };
  const outputs = await promotionOutputs(client, inputs, await readSource(client, source, processType), undefined);
  return { id, inputs, state: { ...inputs, ...outputs, reference: source } };
}

/** Reference of the copy: the same registry and digest, in the app's own repository. */
function copyOf(source: string, app: string, processType: string): string {
  const [host] = source.split("/", 1);
  return `${host}/${app}/${processType}@${digestOf(source)}`;
}

function digestOf(source: string): string {
  return source.slice(source.indexOf("@") + 1);
}
