import { randomUUID } from "node:crypto";
import { Duplex } from "node:stream";
import { Server, ServerCredentials } from "@grpc/grpc-js";
import type { Engine } from "../engine";

/** What BuildKit asks whoever builds, and the answers: that it is there, and that it has no password for a registry. */
const answers = {
  "/grpc.health.v1.Health/Check": Buffer.from([0x08, 0x01]),
  "/moby.filesync.v1.Auth/Credentials": Buffer.alloc(0),
};

/**
 * The connection that BuildKit wants of a client for as long as it builds; without one it pulls no base image.
 * Dockerode's own answers no health checks, which ends it early, and leaves sockets open that keep a process alive.
 */
export class BuildSession {
  private readonly server = new Server();

  private constructor(
    readonly id: string,
    private readonly socket: Duplex,
  ) {
    for (const [path, answer] of Object.entries(answers)) {
      const plain = (bytes: Buffer) => bytes;
      const method = {
        path,
        requestStream: false,
        responseStream: false,
        requestSerialize: plain,
        requestDeserialize: plain,
        responseSerialize: plain,
        responseDeserialize: plain,
      };
      this.server.addService({ method }, { method: (_call: unknown, done: Answer) => done(null, answer) });
    }
    // The engine closes its end when the build is over, which is no fault.
    socket.on("error", () => {});
    this.server.createConnectionInjector(ServerCredentials.createInsecure()).injectConnection(socket);
  }

  static open({ docker }: Engine): Promise<BuildSession> {
    const id = randomUUID();
    const headers = {
      Upgrade: "h2c",
      "X-Docker-Expose-Session-Uuid": id,
      "X-Docker-Expose-Session-Name": "heroku-native",
    };
    const request = { method: "POST", path: "/session", hijack: true, headers, statusCodes: { 200: true } };
    return new Promise((resolve, reject) => {
      docker.modem.dial(request, (error, socket) =>
        socket instanceof Duplex ? resolve(new BuildSession(id, socket)) : reject(error),
      );
    });
  }

  close(): void {
    this.server.forceShutdown();
    this.socket.destroy();
  }
}

type Answer = (error: null, bytes: Buffer) => void;
