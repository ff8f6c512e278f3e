import { type handleUnaryCall, Server, ServerCredentials, type UntypedServiceImplementation } from "@grpc/grpc-js";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { defaultRuntime, type HerokuRuntime } from "../heroku/client";
import { failureOf } from "./failure";
import { pluginMethods } from "./plugin-methods";
import { resourceMethods } from "./resource-methods";
import { Session } from "./session";

export interface ServeOptions {
  /** Where the engine listens for messages to the user. */
  engineAddress?: string;
  runtime?: HerokuRuntime;
  environment?: Readonly<Record<string, string | undefined>>;
}

export interface RunningPlugin {
  port: number;
  close(): void;
}

/** Pulumi state can be large; this is what the engine itself allows in a message. */
const largestMessage = 400 * 1024 * 1024;

/** Serves Pulumi's resource provider protocol on a free port of the loopback interface. */
export async function serve(options: ServeOptions = {}): Promise<RunningPlugin> {
  const session = new Session(
    options.engineAddress,
    options.runtime ?? defaultRuntime,
    options.environment ?? process.env,
  );
  const server = new Server({
    "grpc.max_receive_message_length": largestMessage,
    "grpc.max_send_message_length": largestMessage,
  });
  // Methods that are not there (components, functions, other languages' mappings) are answered UNIMPLEMENTED.
  server.addService(ResourceProviderService, unaryHandlers({ ...pluginMethods(session), ...resourceMethods(session) }));
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) => {
      if (error) reject(error);
      else resolve(bound);
    });
  });
  return {
    port,
    close: () => {
      session.close();
      server.forceShutdown();
    },
  };
}

type Method = (request: never) => object | Promise<object>;

function unaryHandlers(methods: Record<string, Method>): UntypedServiceImplementation {
  return Object.fromEntries(Object.entries(methods).map(([name, method]) => [name, unary(method)]));
}

/** gRPC has decoded the request as the type that the method of this name takes. */
function unary(method: Method): handleUnaryCall<unknown, object> {
  return (call, callback) => {
    void (async () => method(call.request as never))().then(
      (response) => callback(null, response),
      (error: unknown) => callback(failureOf(error)),
    );
  };
}
