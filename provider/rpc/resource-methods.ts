import {
  type CheckRequest,
  type CheckResponse,
  type CreateRequest,
  CreateResponse,
  type DeleteRequest,
  type DiffRequest,
  type DiffResponse,
  type ReadRequest,
  ReadResponse,
  type UpdateRequest,
  UpdateResponse,
} from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { FormerState } from "../resources/resource";
import { checkInputs } from "../schema/check";
import type { InputsOf, Properties, ResourceDefinition } from "../schema/definition";
import { diffInputs } from "../schema/diff";
import { checkResponse, diffResponse } from "./answers";
import { resourceOf } from "./plugin";
import { previewOf } from "./preview";
import { decodeProperties, encodeProperties } from "./property-bag";
import type { Session } from "./session";

/** The part of the protocol that is about resources. Types come from the type token, which older engines leave out. */
export function resourceMethods<C>(session: Session<C>) {
  const tokenIn = (request: { getUrn(): string; getType(): string }) => request.getType() || typeIn(request.getUrn());
  const resourceFor = (request: { getUrn(): string; getType(): string }) =>
    resourceOf(session.plugin, tokenIn(request));
  const isRetired = (request: { getUrn(): string; getType(): string }) =>
    session.plugin.retired?.includes(tokenIn(request)) === true;
  return {
    async check(request: CheckRequest): Promise<CheckResponse> {
      const { definition, complete } = resourceFor(request);
      const checked = checkInputs(definition.inputs, decodeProperties(request.getNews()));
      if (!complete || checked.failures.length > 0) return checkResponse(checked, definition.inputs);
      const { inputs, failures = [] } = await complete(checked.inputs, {
        name: request.getName() || (request.getUrn().split("::").pop() ?? ""),
        former: request.hasOlds() ? decodeProperties(request.getOlds()) : undefined,
        seed: request.getRandomseed_asU8(),
      });
      return checkResponse({ inputs, failures }, definition.inputs);
    },

    diff(request: DiffRequest): DiffResponse {
      const { definition, compare, pending } = resourceFor(request);
      const state = decodeProperties(request.getOlds());
      const news = decodeProperties(request.getNews());
      if (compare) return diffResponse(compare(state, news), definition);
      const before = request.hasOldInputs() ? decodeProperties(request.getOldInputs()) : state;
      const changes = diffInputs(definition, state, before, news);
      const due = pending?.(formerState(request.getOlds())) ?? [];
      const { deleteBeforeReplace = false } = definition;
      return diffResponse({ changes: [...changes, ...due], deleteBeforeReplace }, definition);
    },

    async create(request: CreateRequest): Promise<CreateResponse> {
      const resource = resourceFor(request);
      const properties = propertiesOf(resource.definition);
      const inputs = decodeProperties(request.getProperties());
      const context = session.contextFor(request.getUrn(), request.getTimeout());
      if (request.getPreview()) {
        const foreseen = await previewOf(resource, inputs, undefined, context);
        return new CreateResponse().setProperties(encodeProperties(foreseen, properties));
      }
      const { id, state } = await resource.create(inputs as InputsOf<ResourceDefinition>, context);
      return new CreateResponse().setId(id).setProperties(encodeProperties(state, properties));
    },

    async read(request: ReadRequest): Promise<ReadResponse> {
      if (isRetired(request)) return new ReadResponse();
      const hasInputs = request.getInputs()?.getFieldsMap().getLength();
      const former = hasInputs ? formerState(request.getProperties()) : undefined;
      const formerInputs = hasInputs ? decodeProperties(request.getInputs()) : undefined;
      const context = session.contextFor(request.getUrn(), request.getTimeout());
      const { definition, read } = resourceFor(request);
      const live = await read(request.getId(), former, context, formerInputs);
      if (!live) return new ReadResponse();
      return new ReadResponse()
        .setId(live.id)
        .setInputs(encodeProperties(live.inputs, definition.inputs))
        .setProperties(encodeProperties(live.state, propertiesOf(definition)));
    },

    async update(request: UpdateRequest): Promise<UpdateResponse> {
      const resource = resourceFor(request);
      const properties = propertiesOf(resource.definition);
      const inputs = decodeProperties(request.getNews());
      const former = formerState(request.getOlds());
      const context = session.contextFor(request.getUrn(), request.getTimeout());
      if (request.getPreview()) {
        const foreseen = await previewOf(resource, inputs, former, context);
        return new UpdateResponse().setProperties(encodeProperties(foreseen, properties));
      }
      const state = await resource.update(request.getId(), inputs as InputsOf<ResourceDefinition>, former, context);
      return new UpdateResponse().setProperties(encodeProperties(state, properties));
    },

    async delete(request: DeleteRequest): Promise<Empty> {
      if (isRetired(request)) return new Empty();
      const context = session.contextFor(request.getUrn(), request.getTimeout());
      await resourceFor(request).delete(request.getId(), formerState(request.getProperties()), context);
      return new Empty();
    },
  };
}

/** `urn:pulumi:<stack>::<project>::<parent type$type>::<name>` */
const typeIn = (urn: string) => (urn.split("::")[2] ?? "").split("$").pop() ?? "";

function formerState(state: Struct | undefined): FormerState<ResourceDefinition> {
  return decodeProperties(state) as FormerState<ResourceDefinition>;
}

const propertiesOf = ({ inputs, outputs }: ResourceDefinition): Properties => ({ ...inputs, ...outputs });
