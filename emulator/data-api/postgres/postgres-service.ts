import { planOf } from "../../catalog/addon-services";
import type { MachineContext } from "../../contract";
import type { AddonService } from "../../machines";
import type { AddonRecord, CredentialRecord, CredentialUser } from "../../store/entities";
import { defaultCredential } from "../default-credential";
import type { ServiceAddress, ServiceContainers } from "../service-containers";
import { databaseName, newUser, quoteName, quoteText } from "./postgres-names";
import { POSTGRES_ROLE, PostgresServer } from "./postgres-server";

const PORT = 5432;
const MB = 1024 * 1024;
/** The memory of an essential plan, which on Heroku shares it with others. */
const SHARED_MEMORY_MB = 1_024;

/** Heroku Postgres: a PostgreSQL server in a container for each add-on. */
export class PostgresService implements Omit<AddonService, "figures"> {
  /** What is being done to a server, by the add-on's id. */
  private readonly busy = new Map<string, string>();

  constructor(
    private readonly context: Pick<MachineContext, "store" | "clock" | "ids">,
    private readonly containers: ServiceContainers,
  ) {}

  async provision(addon: AddonRecord): Promise<Record<string, string>> {
    const address = await this.run(addon);
    const server = this.serverAt(addon, address);
    await server.ready();
    const { user, password } = this.owner(addon);
    const database = databaseName(addon.id);
    await server.sql("postgres", setUp(user, password, database, planOf(addon).connections));
    await server.sql(database, `ALTER SCHEMA public OWNER TO ${quoteName(user)};`);
    return { URL: databaseUrl(address, { user, password }, database) };
  }

  async changePlan(addon: AddonRecord): Promise<void> {
    this.busy.set(addon.id, "upgrading");
    await this.applyPlan(addon).finally(() => this.busy.delete(addon.id));
  }

  /** Applies the add-on's plan once its server takes connections. */
  async catchUp(addon: AddonRecord, isWanted: () => boolean): Promise<undefined> {
    await (await this.server(addon)).ready(isWanted);
    await this.applyPlan(addon);
  }

  /** What clients have to wait for; undefined if the database can be used. */
  busyWith(addonId: string): string | undefined {
    return this.busy.get(addonId);
  }

  private async applyPlan(addon: AddonRecord): Promise<void> {
    const { connections } = planOf(addon);
    const server = await this.server(addon);
    const users = this.credentials(addon).flatMap((credential) => credential.users);
    const limit = ({ user }: CredentialUser) => `ALTER ROLE ${quoteName(user)} CONNECTION LIMIT ${connections};`;
    await server.sql("postgres", users.map(limit).join("\n"));
    await this.containers.setMemory(POSTGRES_ROLE, addon.id, memoryOf(addon));
  }

  async deprovision(addon: AddonRecord): Promise<void> {
    await this.containers.remove(POSTGRES_ROLE, addon.id);
  }

  /** Starts the add-on's container if necessary. */
  async run(addon: AddonRecord): Promise<ServiceAddress> {
    const address = await this.address(addon);
    await this.containers.ensure(addon, address, {
      role: POSTGRES_ROLE,
      folder: "/srv/postgres",
      command: ["run-postgres", String(address.port)],
      user: "postgres",
      memory: memoryOf(addon),
      // A fast shutdown, which does not wait for clients.
      stopSignal: "SIGINT",
    });
    return address;
  }

  /** The server of an add-on. */
  async server(addon: AddonRecord): Promise<PostgresServer> {
    return this.serverAt(addon, await this.address(addon));
  }

  async address(addon: AddonRecord): Promise<ServiceAddress> {
    return this.containers.addressOf(addon, POSTGRES_ROLE, PORT);
  }

  /** The add-on's credentials, the owner's first. */
  credentials(addon: AddonRecord): CredentialRecord[] {
    return this.context.store.collection("credentials").by("addon", addon.id);
  }

  /** The user that owns the database, created if there is none yet. */
  owner(addon: AddonRecord): CredentialUser {
    const [user] = defaultCredential(this.context, addon, () => newUser(this.context.ids)).users;
    if (!user) throw new Error(`the default credential of ${addon.name} has no user`);
    return user;
  }

  private serverAt(addon: AddonRecord, { port }: ServiceAddress): PostgresServer {
    return new PostgresServer(this.containers, addon.id, port);
  }
}

/** The value of the config var. */
export function databaseUrl(
  address: ServiceAddress,
  { user, password }: Pick<CredentialUser, "user" | "password">,
  database: string,
): string {
  return `postgres://${user}:${password}@${address.host}:${address.port}/${database}`;
}

function memoryOf(addon: AddonRecord): number {
  return (planOf(addon).memoryMb ?? SHARED_MEMORY_MB) * MB;
}

/** Statements that set a new server up, whatever an interrupted attempt left. */
function setUp(user: string, password: string, database: string, connections: number): string {
  const role = quoteName(user);
  return `
SELECT 'CREATE ROLE ${role}' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = ${quoteText(user)}) \\gexec
ALTER ROLE ${role} LOGIN PASSWORD ${quoteText(password)} CONNECTION LIMIT ${connections};
SELECT 'CREATE DATABASE ${quoteName(database)} OWNER ${role}'
  WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = ${quoteText(database)}) \\gexec
REVOKE CONNECT, TEMPORARY ON DATABASE postgres, template1, ${quoteName(database)} FROM PUBLIC;
`;
}
