import { type handleUnaryCall, Server, ServerCredentials, type UntypedServiceImplementation } from "@grpc/grpc-js";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { failureOf } from "./failure";
import type { Environment, Plugin } from "./plugin";
import { pluginMethods } from "./plugin-methods";
import { resourceMethods } from "./resource-methods";
import { Session } from "./session";

export interface ServeOptions {
  /** Where the engine listens for messages to the user. */
  engineAddress?: string;
  /** @default the process's */
  environment?: Environment;
}

export interface RunningPlugin {
  port: number;
  close(): void;
}

/** Pulumi state can be large; this is what the engine itself allows in a message. */
const largestMessage = 400 * 1024 * 1024;

/** Serves Pulumi's resource provider protocol for a plugin on a free port of the loopback interface. */
export async function serve<C>(plugin: Plugin<C>, options: ServeOptions = {}): Promise<RunningPlugin> {
  const session = new Session(options.engineAddress, plugin, options.environment ?? process.env);
  const server = new Server({
    "grpc.max_receive_message_length": largestMessage,
    "grpc.max_send_message_length": largestMessage,
  });
  // Methods that are not there (components, other languages' mappings) are answered UNIMPLEMENTED.
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

/** Serves a plugin to the engine that started this process: it passes its address and reads the port from the first line. */
export async function serveEngine<C>(plugin: Plugin<C>): Promise<void> {
  // The address is the last argument, after flags such as `--tracing <endpoint>`.
  const engineAddress = process.argv
    .slice(2)
    .reverse()
    .find((argument) => /^[^-].*:\d+$/.test(argument));
  const { port } = await serve(plugin, { engineAddress });
  console.log(port);
}
