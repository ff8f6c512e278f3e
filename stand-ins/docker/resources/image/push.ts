import type Docker from "dockerode";
import { plainText } from "../../../../provider/text";
/** Who pushes, and where. */
export interface Login {
  server?: string;
  username?: string;
  password?: string;
}

interface PushEvent {
  status?: string;
  error?: string;
  aux?: { Digest?: string };
}

/** Pushes an image by its tag and returns the digest of its manifest. */
export async function push(
  docker: Docker,
  { name, tag }: { name: string; tag: string },
  login: Login,
  abortSignal: AbortSignal,
): Promise<string> {
  const { server = name.split("/", 1)[0], username, password } = login;
  const authconfig = { username, password, serveraddress: server?.replace(/^\w+:\/\//, "").replace(/\/.*$/, "") };
  const over = new AbortController();
  const signal = AbortSignal.any([abortSignal, over.signal]);
  const stream = await docker.getImage(name).push({ tag, authconfig, abortSignal: signal });
  let digest: string | undefined;
  let isLoginChecked = false;
  const fault = await new Promise<string | undefined>((resolve) => {
    docker.modem.followProgress(
      stream,
      (error) => resolve(error?.message),
      // The engine reports a failure within the stream, with status 200.
      ({ status, error, aux }: PushEvent) => {
        if (!isLoginChecked && status?.startsWith("Retrying")) {
          // The engine offers a wrong password for most of a minute.
          isLoginChecked = true;
          docker.checkAuth(authconfig).catch((refusal: Error) => resolve(refusal.message));
        }
        if (error !== undefined) resolve(error);
        digest ??= aux?.Digest;
      },
    );
  });
  over.abort();
  abortSignal.throwIfAborted();
  if (fault !== undefined) throw new Error(`${name} cannot be pushed, got "${plainText(fault).trim()}"; ${fix(fault)}`);
  if (digest === undefined) throw new Error(`${name} cannot be pushed, got no digest from the engine; push it again`);
  return digest;
}

function fix(fault: string): string {
  if (/unauthorized|denied|no basic auth|authentication|authoriz/i.test(fault)) {
    return "correct registry.username and registry.password";
  }
  return /connection refused|dial tcp/i.test(fault) ? "start the registry" : "see the registry's log";
}
