import { createHash } from "node:crypto";
import { chmodSync, mkdirSync, readFileSync, realpathSync } from "node:fs";
import { join } from "node:path";
import * as v from "valibot";
import { Clock } from "../clock";
import type { CreateMachineSide } from "../contract";
import { Seed, type SeedInput } from "../control-api/seed";
import { randomIds } from "../ids";
import type { Options } from "../options";
import { Store } from "../store/store";
import { UsageError } from "../usage-error";
import { Certificates } from "./certificates";
import { createInstance } from "./instance";
import { type Door, listen } from "./listen";
import { lockFolder } from "./lock-folder";

/** A running Local Heroku. */
export interface LocalHeroku {
  /** Without a slash at its end. */
  readonly url: string;
  /** The file with its certificate, which clients trust for HTTPS. */
  readonly certificateFile: string;
  /** Stops serving; the state and the containers stay. */
  close(): Promise<void>;
}

type Start = Pick<Options, "port" | "data" | "seed" | "delays"> & Partial<Pick<Options, "httpsPort">>;

/** Starts Local Heroku on a port. Rejects with one clear message if the port or the data folder is in use. */
export async function createLocalHeroku(options: Start, createMachineSide: CreateMachineSide): Promise<LocalHeroku> {
  const { folder, instance, release } = await openInstance(options, createMachineSide);
  try {
    let started = () => {};
    const ready = new Promise<void>((resolve) => {
      started = resolve;
    });
    const doors: Door[] = [{ port: options.port, option: "--port" }];
    if (options.httpsPort !== undefined) doors.push({ port: options.httpsPort, option: "--https-port" });
    const certificates = await Certificates.open(folder);
    const stopListening = await listen(instance, doors, certificates, ready);
    await instance.start();
    started();
    return {
      url: instance.url,
      certificateFile: certificates.file,
      close: async () => {
        await stopListening();
        await instance.close();
        release();
      },
    };
  } catch (error) {
    await instance.close();
    release();
    throw error;
  }
}

/** Removes every container, volume and network of a data folder's instance; its records stay. */
export async function destroyMachines(options: Start, createMachineSide: CreateMachineSide): Promise<void> {
  const { instance, release } = await openInstance(options, createMachineSide);
  await instance.close();
  await instance.machineSide.destroy();
  release();
}

async function openInstance(options: Start, createMachineSide: CreateMachineSide) {
  mkdirSync(options.data, { recursive: true });
  chmodSync(options.data, 0o700);
  const folder = realpathSync(options.data);
  const seed = options.seed === undefined ? undefined : readSeed(options.seed);
  const release = await lockFolder(folder, options.port);
  const store = Store.open(join(folder, "store"));
  const settings = store.collection("settings");
  const offset = Number(settings.get("clock offset")?.value ?? 0);
  const clock = new Clock(offset, (moved) => settings.put({ id: "clock offset", value: moved }));
  const instance = await createInstance({
    store,
    clock,
    ids: randomIds,
    // Derived from the folder, so that containers are found even without the records.
    instanceId: createHash("sha256").update(folder).digest("hex").slice(0, 8),
    port: options.port,
    dataFolder: folder,
    createMachineSide,
    delays: options.delays,
    ...(seed ? { seed } : {}),
  }).catch((error: unknown) => {
    release();
    throw error;
  });
  return { folder, instance, release };
}

function readSeed(file: string): SeedInput {
  const result = v.safeParse(Seed, parseJson(file));
  if (result.success) return result.output;
  const [issue] = result.issues;
  throw new UsageError(`the seed file ${file} is invalid at ${v.getDotPath(issue) ?? "the top"}: ${issue.message}`);
}

function parseJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new UsageError(`the seed file ${file} cannot be read: ${error instanceof Error ? error.message : error}`);
  }
}
