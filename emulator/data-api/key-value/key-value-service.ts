import { Readable } from "node:stream";
import { pack } from "tar-stream";
import { planOf } from "../../catalog/addon-services";
import type { MachineContext } from "../../contract";
import { waitUntil } from "../../docker/wait-until";
import type { AddonService } from "../../machines";
import type { AddonRecord, CredentialRecord } from "../../store/entities";
import type { AddonSettings } from "../addon-settings";
import { defaultCredential } from "../default-credential";
import type { ServiceAddress, ServiceContainers } from "../service-containers";
import { keyValueSettings } from "./key-value-settings";
import { ValkeyAdmin } from "./valkey-admin";
import { valkeyConfig } from "./valkey-config";

const ROLE = "redis";
const PORT = 6379;
const MB = 1024 * 1024;
/** What the server needs besides the plan's memory. */
const SERVER_MB = 64;

/** Heroku Key-Value Store: a Valkey server in a container for each add-on. */
export class KeyValueService implements Omit<AddonService, "figures"> {
  private readonly admins = new Map<string, ValkeyAdmin>();

  constructor(
    private readonly context: Pick<MachineContext, "store" | "clock" | "ids">,
    private readonly containers: ServiceContainers,
    private readonly settings: AddonSettings,
  ) {}

  async provision(addon: AddonRecord): Promise<Record<string, string>> {
    const address = await this.run(addon);
    await waitUntilUp(await this.admin(addon));
    return { URL: keyValueUrl(address, this.password(addon)) };
  }

  /**
   * Applies plan, settings and password once the server is up. Returns the add-on's new values if a rotation was
   * interrupted.
   */
  async catchUp(addon: AddonRecord, isWanted: () => boolean): Promise<Record<string, string> | undefined> {
    const address = await this.address(addon);
    const previous = decodeURIComponent(new URL(addon.values.URL ?? "rediss://").password);
    const isInterrupted = previous !== this.password(addon);
    if (isInterrupted) {
      const admin = new ValkeyAdmin(this.containers.hostFor(address), address.port, () => previous);
      // Refused if the server has the new password already.
      await admin.command("CONFIG", "SET", "requirepass", this.password(addon)).catch(() => {});
      admin.close();
    }
    await waitUntilUp(await this.admin(addon), isWanted);
    await this.changePlan(addon);
    return isInterrupted ? { URL: keyValueUrl(address, this.password(addon)) } : undefined;
  }

  async changePlan(addon: AddonRecord): Promise<void> {
    await this.containers.setMemory(ROLE, addon.id, memoryOf(addon));
    await this.apply(addon);
  }

  async deprovision(addon: AddonRecord): Promise<void> {
    this.admins.get(addon.id)?.close();
    this.admins.delete(addon.id);
    await this.containers.remove(ROLE, addon.id);
  }

  /** Starts the add-on's container with its current configuration if necessary. */
  async run(addon: AddonRecord): Promise<ServiceAddress> {
    const address = await this.address(addon);
    await this.containers.ensure(addon, address, {
      role: ROLE,
      folder: "/srv/valkey",
      command: ["run-valkey"],
      user: "valkey",
      memory: memoryOf(addon),
      prepare: (containerId) => this.writeConfig(containerId, this.config(addon, address.port)),
    });
    return address;
  }

  /** Applies the plan's limits, the settings and the password to the running server, now and after restarts. */
  async apply(addon: AddonRecord): Promise<void> {
    const { port } = await this.address(addon);
    const entries = [...this.config(addon, port).live];
    const admin = await this.admin(addon);
    await admin.command("CONFIG", "SET", ...entries.flat());
    await admin.command("CONFIG", "REWRITE");
  }

  /** Gives the store a new password and returns the add-on's new values. */
  async rotate(addon: AddonRecord): Promise<Record<string, string>> {
    const admin = await this.admin(addon);
    await admin.command("PING");
    this.context.store.collection("credentials").put({ ...this.credential(addon), users: [this.newUser()] });
    await this.apply(addon);
    // Clients with the old password must sign in again.
    await admin.command("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
    return { URL: keyValueUrl(await this.address(addon), this.password(addon)) };
  }

  /** Local Heroku's own connection to the add-on's server. */
  async admin(addon: AddonRecord): Promise<ValkeyAdmin> {
    const address = await this.address(addon);
    const known = this.admins.get(addon.id);
    if (known) return known;
    const admin = new ValkeyAdmin(this.containers.hostFor(address), address.port, () => this.password(addon));
    this.admins.set(addon.id, admin);
    return admin;
  }

  close(): void {
    for (const admin of this.admins.values()) admin.close();
    this.admins.clear();
  }

  private address(addon: AddonRecord): Promise<ServiceAddress> {
    return this.containers.addressOf(addon, ROLE, PORT);
  }

  private config(addon: AddonRecord, port: number): ReturnType<typeof valkeyConfig> {
    return valkeyConfig(planOf(addon), keyValueSettings(this.settings.of(addon)), this.password(addon), port);
  }

  private password(addon: AddonRecord): string {
    return this.credential(addon).users[0]?.password ?? "";
  }

  private credential(addon: AddonRecord): CredentialRecord {
    return defaultCredential(this.context, addon, () => this.newUser());
  }

  private newUser(): CredentialRecord["users"][number] {
    return { user: "", password: `p${this.context.ids.hex(64)}`, state: "active" };
  }

  private async writeConfig(containerId: string, { file }: ReturnType<typeof valkeyConfig>): Promise<void> {
    const archive = pack();
    // The server rewrites its file, which belongs to root in the archive.
    archive.entry({ name: "valkey.conf", mode: 0o666 }, file);
    archive.finalize();
    const container = this.containers.engine.docker.getContainer(containerId);
    await container.putArchive(Readable.from(archive), { path: "/srv/valkey" });
  }
}

async function waitUntilUp(admin: ValkeyAdmin, isWanted = () => true): Promise<void> {
  const isUp = async () => {
    if (!isWanted()) throw new Error("stopped waiting for the key-value store: it was removed");
    const reply = await admin.command("PING").catch(() => undefined);
    return reply === "PONG";
  };
  await waitUntil(isUp, 60, "the key-value store did not start; see its container's log");
}

function keyValueUrl({ host, port }: ServiceAddress, password: string): string {
  return `rediss://:${password}@${host}:${port}`;
}

function memoryOf(addon: AddonRecord): number {
  // Twice the data: a persistent server forks to write its snapshot.
  return ((planOf(addon).memoryMb ?? 0) * 2 + SERVER_MB) * MB;
}
