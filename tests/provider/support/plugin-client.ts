import { type ClientUnaryCall, credentials, type Metadata, type ServiceError } from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { HerokuRuntime } from "../../../provider/heroku/client";
import { herokuNative } from "../../../provider/heroku-native";
import type { Plugin } from "../../../provider/rpc/plugin";
import { type RunningPlugin, serve } from "../../../provider/rpc/serve";
import { TestRuntime } from "./test-runtime";

type Bag = Record<string, unknown>;
type Call<S> = (
  grpc: ResourceProviderClient,
  done: (error: ServiceError | null, response: S) => void,
) => ClientUnaryCall;

/** Pulumi's mark of a value that a preview does not know. */
export const computed = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** What a failed operation left in the state, as the engine reads it. */
export interface PartialState {
  message: string;
  id: string;
  properties: Bag;
  reasons: string[];
}

interface PluginOptions {
  engineAddress?: string;
  environment?: Record<string, string>;
}

/** Speaks to a plugin in this process as the engine does: over gRPC, with its messages. */
export class PluginClient {
  private constructor(
    private readonly plugin: RunningPlugin,
    readonly grpc: ResourceProviderClient,
  ) {}

  /** Starts heroku-native, configured for a Heroku at `url`. */
  static start(
    url: string,
    options: PluginOptions & { runtime?: HerokuRuntime; apiKey?: string } = {},
  ): Promise<PluginClient> {
    const { runtime = new TestRuntime(), apiKey = "secret-key" } = options;
    const configuration = { apiKey, apiUrl: url, dataUrl: url, registryUrl: url };
    return PluginClient.of(herokuNative(runtime), configuration, options);
  }

  /** Starts a plugin and configures it. */
  static async of<C>(
    plugin: Plugin<C>,
    configuration: Bag,
    { environment = {}, engineAddress }: PluginOptions = {},
  ): Promise<PluginClient> {
    return PluginClient.to(await serve(plugin, { environment, engineAddress }), configuration);
  }

  /** Configures a plugin that is running. */
  static async to(running: RunningPlugin, configuration: Bag): Promise<PluginClient> {
    const grpc = new ResourceProviderClient(`127.0.0.1:${running.port}`, credentials.createInsecure());
    const client = new PluginClient(running, grpc);
    const request = new proto.ConfigureRequest().setArgs(bag(configuration));
    await client.ask((grpc, done) => grpc.configure(request, done));
    return client;
  }

  stop(): void {
    this.grpc.close();
    this.plugin.close();
  }

  /** One call of the protocol. */
  ask<S>(call: Call<S>): Promise<S> {
    return new Promise((resolve, reject) => {
      call(this.grpc, (error, response) => (error ? reject(error) : resolve(response)));
    });
  }

  async check(type: string, news: Bag): Promise<{ inputs: Bag; failures: Record<string, string> }> {
    const request = new proto.CheckRequest().setUrn(urnOf(type)).setNews(bag(news));
    const response = await this.ask<proto.CheckResponse>((grpc, done) => grpc.check(request, done));
    const failures = response.getFailuresList().map((failure) => [failure.getProperty(), failure.getReason()]);
    return { inputs: plain(response.getInputs()), failures: Object.fromEntries(failures) };
  }

  async diff(type: string, before: { inputs: Bag; state: Bag }, news: Bag) {
    const request = new proto.DiffRequest()
      .setId("id")
      .setUrn(urnOf(type))
      .setOlds(bag(before.state))
      .setOldInputs(bag(before.inputs))
      .setNews(bag(news));
    const response = await this.ask<proto.DiffResponse>((grpc, done) => grpc.diff(request, done));
    const kinds = Object.entries(proto.PropertyDiff.Kind);
    const detailed: Record<string, string> = {};
    response.getDetaileddiffMap().forEach((diff, path) => {
      detailed[path] = kinds.find(([, kind]) => kind === diff.getKind())?.[0] ?? "";
    });
    return {
      changed: response.getChanges() === proto.DiffResponse.DiffChanges.DIFF_SOME,
      replaces: response.getReplacesList(),
      deleteBeforeReplace: response.getDeletebeforereplace(),
      detailed,
    };
  }

  async create(type: string, inputs: Bag, preview = false): Promise<{ id: string; state: Bag }> {
    const request = new proto.CreateRequest().setUrn(urnOf(type)).setProperties(bag(inputs)).setPreview(preview);
    const response = await this.ask<proto.CreateResponse>((grpc, done) => grpc.create(request, done));
    return { id: response.getId(), state: plain(response.getProperties()) };
  }

  /** Reads as for a refresh, or, without a state, as for an import. */
  async read(type: string, id: string, former?: { inputs: Bag; state: Bag }) {
    const request = new proto.ReadRequest().setUrn(urnOf(type)).setId(id);
    if (former) request.setInputs(bag(former.inputs)).setProperties(bag(former.state));
    const response = await this.ask<proto.ReadResponse>((grpc, done) => grpc.read(request, done));
    return { id: response.getId(), inputs: plain(response.getInputs()), state: plain(response.getProperties()) };
  }

  async update(type: string, id: string, former: Bag, news: Bag, preview = false): Promise<Bag> {
    const request = new proto.UpdateRequest().setUrn(urnOf(type)).setId(id).setOlds(bag(former)).setNews(bag(news));
    const response = await this.ask<proto.UpdateResponse>((grpc, done) =>
      grpc.update(request.setPreview(preview), done),
    );
    return plain(response.getProperties());
  }

  async delete(type: string, id: string, state: Bag): Promise<void> {
    const request = new proto.DeleteRequest().setUrn(urnOf(type)).setId(id).setProperties(bag(state));
    await this.ask<Empty>((grpc, done) => grpc.delete(request, done));
  }

  cancel(): Promise<Empty> {
    return this.ask<Empty>((grpc, done) => grpc.cancel(new Empty(), done));
  }
}

/** `type` is a type token, or the name of a resource of heroku-native. */
export function urnOf(type: string): string {
  const token = type.includes(":") ? type : `heroku-native:index:${type}`;
  return `urn:pulumi:test::skechwime::skechwime:components:Some$${token}::one`;
}

/** Message of a failed call. */
export async function failure(call: Promise<unknown>): Promise<string> {
  return (await serviceError(call)).details;
}

/** The state that a failed call tells the engine to keep. */
export async function partialState(call: Promise<unknown>): Promise<PartialState> {
  const { details, metadata } = await serviceError(call);
  const [packed] = detailsOf(metadata);
  const detail = packed?.unpack(proto.ErrorResourceInitFailed.deserializeBinary, "pulumirpc.ErrorResourceInitFailed");
  if (!detail) throw new Error(`the failure carries no state, got ${details}`);
  return {
    message: details,
    id: detail.getId(),
    properties: plain(detail.getProperties()),
    reasons: detail.getReasonsList(),
  };
}

function detailsOf(metadata: Metadata) {
  const [bytes] = metadata.get("grpc-status-details-bin");
  return bytes instanceof Buffer ? Status.deserializeBinary(bytes).getDetailsList() : [];
}

async function serviceError(call: Promise<unknown>): Promise<ServiceError> {
  const error: unknown = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof Error && "details" in error && "metadata" in error) return error as ServiceError;
  throw new Error("the call must fail over gRPC, and did not");
}

/** Plain values as the engine's message. */
export function bag(values: Bag): Struct {
  return Struct.fromJavaScript(JSON.parse(JSON.stringify(values)));
}

function plain(struct: Struct | undefined): Bag {
  return struct?.toJavaScript() ?? {};
}
