import { Metadata, type ServiceError, status } from "@grpc/grpc-js";
import { ErrorResourceInitFailed } from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { Any } from "google-protobuf/google/protobuf/any_pb";
import { InitFailedError } from "../resources/resource";
import { encodeProperties } from "./property-bag";

/** What the engine is told of an error: its message, and the state of what was made before it. */
export function failureOf(error: unknown): Partial<ServiceError> {
  const message = error instanceof Error ? error.message : String(error);
  const failure = { code: status.UNKNOWN, details: message };
  return error instanceof InitFailedError ? { ...failure, metadata: partialState(error) } : failure;
}

/** gRPC's standard place for structured details of an error. */
function partialState(error: InitFailedError): Metadata {
  const detail = new ErrorResourceInitFailed()
    .setId(error.id)
    .setProperties(encodeProperties({ ...error.state }))
    .setReasonsList([error.message]);
  const packed = new Any();
  packed.pack(detail.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
  const details = new Status().setCode(status.UNKNOWN).setMessage(error.message).setDetailsList([packed]);
  const metadata = new Metadata();
  metadata.add("grpc-status-details-bin", Buffer.from(details.serializeBinary()));
  return metadata;
}
