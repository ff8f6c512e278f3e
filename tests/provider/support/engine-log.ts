import { Server, ServerCredentials, type ServerUnaryCall, type sendUnaryData } from "@grpc/grpc-js";
import { EngineService } from "@pulumi/pulumi/proto/engine_grpc_pb";
import type { LogRequest } from "@pulumi/pulumi/proto/engine_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";

/** The engine's end of the log: keeps what a plugin shows. */
export class EngineLogServer {
  readonly messages: LogRequest.AsObject[] = [];
  /** What each answer waits for. */
  held: Promise<unknown> = Promise.resolve();
  private readonly server = new Server();
  private port = 0;

  static async start(): Promise<EngineLogServer> {
    const engine = new EngineLogServer();
    engine.server.addService(EngineService, {
      log(call: ServerUnaryCall<LogRequest, Empty>, done: sendUnaryData<Empty>) {
        engine.messages.push(call.request.toObject());
        void engine.held.then(() => done(null, new Empty()));
      },
    });
    engine.port = await new Promise<number>((resolve, reject) => {
      engine.server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) =>
        error ? reject(error) : resolve(bound),
      );
    });
    return engine;
  }

  get address(): string {
    return `127.0.0.1:${this.port}`;
  }

  /** The messages, once there are that many. */
  async received(count: number): Promise<LogRequest.AsObject[]> {
    while (this.messages.length < count) await new Promise((resolve) => setTimeout(resolve, 5));
    return this.messages;
  }

  stop(): void {
    this.server.forceShutdown();
  }
}
