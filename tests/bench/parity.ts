import { NotReady } from "../../scripts/support/not-ready.mjs";
import { removeImages } from "../emulator/docker/test-image";
import { LocalHerokuProcess } from "../support/local-heroku-process";
import { type ProviderSet, StackDriver } from "../support/stack-driver";
import { compare, type Difference } from "./parity/compare";
import { type Life, live } from "./parity/life";
import { reasonOf } from "./parity/reasons";
import { announcements } from "./parity/steps";

const SETS: readonly ProviderSet[] = ["official", "stand-ins"];

/** One life of the stack `local` with each set of providers that this machine has, side by side. */
export interface Parity {
  lives: Life[];
  /** Sets that this machine lacks, with the sentence that says why. */
  missing: Map<ProviderSet, string>;
  /** Empty when there is only one set. */
  differences: (Difference & { reason?: string })[];
}

/** A step of a preview, with the sets whose preview has it. */
export interface PreviewRow {
  change: string;
  step: string;
  changes: string;
  sets: ProviderSet[];
}

/** Lives on one Local Heroku and in one folder, one set after the other. */
export async function measureParity(): Promise<Parity> {
  const heroku = await LocalHerokuProcess.start();
  const stack = await StackDriver.create("local", heroku.url);
  const lives: Life[] = [];
  const missing = new Map<ProviderSet, string>();
  try {
    for (const set of SETS) {
      const why = await reasonOfLack(stack, set);
      if (why === undefined) lives.push(await live(set, heroku, stack));
      else missing.set(set, why);
    }
  } finally {
    await stack.run("destroy", "--yes", "--skip-preview");
    await heroku.destroy();
    await removeImages(...lives.flatMap(imagesOf));
    stack.remove();
  }
  const [official, standIns] = lives;
  const differences = official && standIns ? compare(official, standIns) : [];
  return { lives, missing, differences: differences.map((one) => ({ ...one, reason: reasonOf(one) })) };
}

/** Has the stack run with a set of providers, or says why this machine lacks it. */
async function reasonOfLack(stack: StackDriver, set: ProviderSet): Promise<string | undefined> {
  try {
    await stack.useProviders(set);
    return undefined;
  } catch (error) {
    if (error instanceof NotReady) return error.message;
    throw error;
  }
}

/** The images that a stack built, by tag and by digest. */
function imagesOf({ resources }: Life): string[] {
  const images = resources.filter(({ type }) => type === "docker:index/image:Image");
  return images.flatMap(({ outputs = {} }) => [outputs.imageName, outputs.repoDigest].map(String));
}

/** What the previews of all changes say, a row for each step. */
export function previewRows(lives: readonly Life[]): PreviewRow[] {
  const changes = [...new Set(lives.flatMap(({ previews }) => [...previews.keys()]))];
  return changes.flatMap((change) => {
    const rows = new Map<string, PreviewRow>();
    for (const { set, previews } of lives) {
      for (const { step, changes } of announcements(previews.get(change) ?? [])) {
        const key = `${step}\n${changes}`;
        const row = rows.get(key) ?? { change, step, changes, sets: [] };
        rows.set(key, { ...row, sets: [...row.sets, set] });
      }
    }
    return [...rows.values()];
  });
}
