import grpc from "@grpc/grpc-js";
import language from "@pulumi/pulumi/proto/language_grpc_pb.js";
import { languageMethods } from "./language-methods.mjs";

/** What the engine itself allows in a message. */
const largestMessage = 400 * 1024 * 1024;

/**
 * Serves Pulumi's language protocol on a free port of the loopback interface.
 * @param {import("./program.mjs").Program} program
 * @param {string} [engineAddress] where the engine listens for messages to the user
 * @returns {Promise<number>} the port
 */
export function serve(program, engineAddress) {
  const server = new grpc.Server({
    "grpc.max_receive_message_length": largestMessage,
    "grpc.max_send_message_length": largestMessage,
  });
  // What is not among the methods (code generation, other kinds of plugin) is refused as UNIMPLEMENTED.
  server.addService(language.LanguageRuntimeService, languageMethods(program, engineAddress));
  return new Promise((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) =>
      error ? reject(error) : resolve(port),
    );
  });
}
