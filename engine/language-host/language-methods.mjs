import { spawn } from "node:child_process";
import language from "@pulumi/pulumi/proto/language_pb.js";
import plugin from "@pulumi/pulumi/proto/plugin_pb.js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import { programDependencies, requiredPlugins } from "./packages.mjs";
import { sdkVersion } from "./version.mjs";

/** @typedef {import("@pulumi/pulumi/proto/language_pb.js").ProgramInfo} ProgramInfo */

/**
 * The methods of Pulumi's language protocol that running a program takes.
 * @param {import("./program.mjs").Program} program
 * @param {string} [engineAddress]
 * @returns {import("@grpc/grpc-js").UntypedServiceImplementation}
 */
export function languageMethods(program, engineAddress = "") {
  let engine = engineAddress;
  return {
    handshake: unary(
      (/** @type {import("@pulumi/pulumi/proto/language_pb.js").LanguageHandshakeRequest} */ request) => {
        engine = request.getEngineAddress();
        return new language.LanguageHandshakeResponse();
      },
    ),
    getPluginInfo: unary(() => {
      const info = new plugin.PluginInfo();
      info.setVersion(sdkVersion);
      return info;
    }),
    getRequiredPackages: unary(requiredPackages),
    getProgramDependencies: unary(dependencies),
    about: unary(about),
    installDependencies,
    run: unary(async (/** @type {import("@pulumi/pulumi/proto/language_pb.js").RunRequest} */ request, call) => {
      const giveUp = () => program.cancel();
      call.on("cancelled", giveUp);
      const response = await program.run(request, engine);
      // A call that has its response counts as cancelled too.
      call.off("cancelled", giveUp);
      return response;
    }),
    cancel: unary(() => {
      program.cancel();
      return new empty.Empty();
    }),
  };
}

/**
 * @template Request
 * @param {(request: Request, call: import("@grpc/grpc-js").ServerUnaryCall<Request, object>) => object | Promise<object>} method
 * @returns {import("@grpc/grpc-js").handleUnaryCall<Request, object>}
 */
function unary(method) {
  return (call, callback) => {
    void (async () => method(call.request, call))().then(
      (response) => callback(null, response),
      (error) => callback(error),
    );
  };
}

/** @param {{ getInfo(): ProgramInfo | undefined }} request */
const directoryOf = (request) => request.getInfo()?.getProgramDirectory() ?? process.cwd();

/** @param {import("@pulumi/pulumi/proto/language_pb.js").GetRequiredPackagesRequest} request */
function requiredPackages(request) {
  const response = new language.GetRequiredPackagesResponse();
  for (const { name, version, server } of requiredPlugins(directoryOf(request))) {
    const dependency = new plugin.PackageDependency();
    dependency.setName(name);
    dependency.setKind("resource");
    dependency.setVersion(version);
    dependency.setServer(server);
    response.addPackages(dependency);
  }
  return response;
}

/** @param {import("@pulumi/pulumi/proto/language_pb.js").GetProgramDependenciesRequest} request */
function dependencies(request) {
  const response = new language.GetProgramDependenciesResponse();
  for (const { name, version } of programDependencies(directoryOf(request), request.getTransitivedependencies())) {
    const dependency = new language.DependencyInfo();
    dependency.setName(name);
    dependency.setVersion(version);
    response.addDependencies(dependency);
  }
  return response;
}

function about() {
  const response = new language.AboutResponse();
  response.setExecutable(process.execPath);
  response.setVersion(process.version);
  return response;
}

/**
 * Installs the program's packages, for `pulumi install`, and passes on what npm prints.
 * @param {import("@grpc/grpc-js").ServerWritableStream<
 *   import("@pulumi/pulumi/proto/language_pb.js").InstallDependenciesRequest,
 *   import("@pulumi/pulumi/proto/language_pb.js").InstallDependenciesResponse>} call
 */
function installDependencies(call) {
  const child = spawn("npm", ["install"], { cwd: directoryOf(call.request), stdio: ["ignore", "pipe", "pipe"] });
  child.stdout.on("data", (/** @type {Buffer} */ chunk) => {
    const message = new language.InstallDependenciesResponse();
    message.setStdout(chunk);
    call.write(message);
  });
  child.stderr.on("data", (/** @type {Buffer} */ chunk) => {
    const message = new language.InstallDependenciesResponse();
    message.setStderr(chunk);
    call.write(message);
  });
  child.on("error", (error) => call.emit("error", error));
  child.on("close", (code) => {
    if (code === 0) call.end();
    else call.emit("error", new Error(`npm install failed with exit code ${code}`));
  });
}
