import { randomBytes } from "node:crypto";
import type Dockerode from "dockerode";
import type { Engine } from "../engine";
import { removeContainer, TRIAL_LABEL } from "../preflight/trial";
import { servicesImage } from "./image";

/** Which throwaway services a preflight needs: names of the config vars that hold their URLs, one database each. */
export interface ServicesOrder {
  postgres: readonly string[];
  redis: readonly string[];
}

/** What is running, and how an app reaches it. */
export interface Services {
  /** Network that the app's containers join; undefined without services. */
  network: string | undefined;
  /** Config vars with the URLs. */
  environment: Readonly<Record<string, string>>;
}

/** Host names on the network; they also stand in what an app prints, so they say what they are. */
const POSTGRES_HOST = "postgres.preflight";
const REDIS_HOST = "redis.preflight";
const USER = "preflight";

const CERTIFICATE =
  'openssl req -x509 -nodes -days 30 -subj "/CN=preflight" -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 ' +
  "-keyout server.key -out server.crt 2>/dev/null";

/** TLS with a certificate that no authority signed, and no connection without it: as Heroku Postgres has it. */
const RUN_POSTGRES = `
install -d -o postgres -m 700 /srv/trial && cd /srv/trial && printf %s "$PASSWORD" > /tmp/password && chown postgres /tmp/password
run() { su postgres -s /bin/sh -c "cd /srv/trial && $1"; }
run "initdb -D data -U ${USER} --pwfile=/tmp/password -A scram-sha-256 -E UTF8 --no-sync --no-instructions" >/dev/null
cd data && ${CERTIFICATE} && chown postgres server.key server.crt && chmod 600 server.key
printf 'local all all trust\\nhostssl all all all scram-sha-256\\n' > pg_hba.conf
for name in $DATABASES; do run "echo 'CREATE DATABASE $name' | postgres --single -D data postgres" >/dev/null; done
exec su postgres -s /bin/sh -c "exec postgres -D /srv/trial/data -c listen_addresses='*' -c ssl=on -c fsync=off -k /tmp"
`;

const RUN_VALKEY = `
install -d -m 700 /srv/trial && cd /srv/trial && ${CERTIFICATE}
exec valkey-server --port 0 --tls-port 6379 --tls-cert-file server.crt --tls-key-file server.key --tls-auth-clients no \\
  --requirepass "$PASSWORD" --save "" --bind 0.0.0.0 --protected-mode no
`;

const WAIT = 30_000;
const PAUSE = 100;

/** Runs `work` with throwaway services, which are removed afterwards whatever happens. */
export async function withServices<T>(
  engine: Engine,
  order: ServicesOrder,
  signal: AbortSignal,
  progress: (line: string) => void,
  work: (services: Services) => Promise<T>,
): Promise<T> {
  if (order.postgres.length + order.redis.length === 0) return work({ network: undefined, environment: {} });
  const image = await servicesImage(engine, signal, progress);
  const network = await engine.docker.createNetwork({ Name: trialName(), Labels: { [TRIAL_LABEL]: "" } });
  const containers: Dockerode.Container[] = [];
  try {
    const environment: Record<string, string> = {};
    const start = async (host: string, script: string, variables: Record<string, string>, isReady: string) => {
      const container = await startService(engine, image, network.id, host, script, variables);
      containers.push(container);
      await ready(container, isReady, host, signal);
    };
    const databases = order.postgres.map((_, i) => `database${i}`);
    const password = randomBytes(16).toString("hex");
    order.postgres.forEach((name, i) => {
      environment[name] = `postgres://${USER}:${password}@${POSTGRES_HOST}:5432/${databases[i]}`;
    });
    for (const name of order.redis) environment[name] = `rediss://:${password}@${REDIS_HOST}:6379`;
    const starts = [
      ...(databases.length === 0
        ? []
        : [start(POSTGRES_HOST, RUN_POSTGRES, { PASSWORD: password, DATABASES: databases.join(" ") }, IS_POSTGRES_UP)]),
      ...(order.redis.length === 0 ? [] : [start(REDIS_HOST, RUN_VALKEY, { PASSWORD: password }, IS_VALKEY_UP)]),
    ];
    // Both have to have ended before anything is removed.
    const failed = (await Promise.allSettled(starts)).find(({ status }) => status === "rejected");
    if (failed?.status === "rejected") throw failed.reason;
    return await work({ network: network.id, environment });
  } finally {
    await Promise.all(containers.map(removeContainer));
    await network.remove().catch(() => {});
  }
}

const IS_POSTGRES_UP = "pg_isready -h /tmp";
const IS_VALKEY_UP = 'valkey-cli --tls --insecure -a "$PASSWORD" --no-auth-warning ping | grep -q PONG';

const trialName = () => `preflight-${randomBytes(4).toString("hex")}`;

async function startService(
  { docker }: Engine,
  image: string,
  network: string,
  host: string,
  script: string,
  variables: Readonly<Record<string, string>>,
): Promise<Dockerode.Container> {
  const container = await docker.createContainer({
    Image: image,
    Entrypoint: ["sh", "-ec"],
    Cmd: [script],
    Env: Object.entries(variables).map(([name, value]) => `${name}=${value}`),
    Labels: { [TRIAL_LABEL]: "" },
    HostConfig: { NetworkMode: network, Init: true },
    NetworkingConfig: { EndpointsConfig: { [network]: { Aliases: [host] } } },
  });
  await container.start().catch(async (error: unknown) => {
    await removeContainer(container);
    throw error;
  });
  return container;
}

/** Waits until a command succeeds in the container. */
async function ready(
  container: Dockerode.Container,
  command: string,
  host: string,
  signal: AbortSignal,
): Promise<void> {
  for (const end = Date.now() + WAIT; Date.now() < end; ) {
    signal.throwIfAborted();
    const { State } = await container.inspect();
    if (!State.Running) break;
    const exec = await container.exec({ Cmd: ["sh", "-c", command], AttachStdout: true, AttachStderr: true });
    const stream = await exec.start({});
    await new Promise((resolve) => stream.on("close", resolve).on("end", resolve).resume());
    if ((await exec.inspect()).ExitCode === 0) return;
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
  }
  const output = await container.logs({ stdout: true, stderr: true, tail: 10 });
  const lines = String(output).replace(/[^\n -~]/g, "");
  throw new Error(`the throwaway service ${host} does not start, got:\n${lines.trim()}`);
}
