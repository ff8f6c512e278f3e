import { CheckFailure, CheckResponse, DiffResponse, PropertyDiff } from "@pulumi/pulumi/proto/provider_pb";
import type { Comparison } from "../resources/resource";
import type { CheckResult } from "../schema/check";
import type { Properties, ResourceDefinition } from "../schema/definition";
import { encodeProperties } from "./property-bag";

export function checkResponse({ inputs, failures }: CheckResult, properties: Properties = {}): CheckResponse {
  return new CheckResponse()
    .setInputs(encodeProperties(inputs, properties))
    .setFailuresList(
      failures.map(({ property, reason }) => new CheckFailure().setProperty(property).setReason(reason)),
    );
}

export function diffResponse(
  { changes, deleteBeforeReplace, shownByInputs }: Comparison,
  definition: ResourceDefinition,
): DiffResponse {
  const replaces = changes.filter((change) => change.replaces);
  const response = new DiffResponse()
    .setChanges(changes.length > 0 ? DiffResponse.DiffChanges.DIFF_SOME : DiffResponse.DiffChanges.DIFF_NONE)
    .setDiffsList([...new Set(changes.map(({ path }) => topLevel(path)))])
    .setReplacesList(replaces.map(({ path }) => topLevel(path)))
    .setStablesList(Object.entries(definition.outputs).flatMap(([name, { stable }]) => (stable ? [name] : [])))
    .setDeletebeforereplace(replaces.length > 0 && deleteBeforeReplace)
    .setHasdetaileddiff(!shownByInputs);
  if (shownByInputs) return response;
  for (const change of changes) {
    const kind = change.replaces ? replacingKinds[change.kind] : kinds[change.kind];
    response
      .getDetaileddiffMap()
      .set(change.path, new PropertyDiff().setKind(kind).setInputdiff(change.kind !== "drift" && !change.ofState));
  }
  return response;
}

const kinds = {
  add: PropertyDiff.Kind.ADD,
  delete: PropertyDiff.Kind.DELETE,
  update: PropertyDiff.Kind.UPDATE,
  drift: PropertyDiff.Kind.UPDATE,
};

const replacingKinds = {
  add: PropertyDiff.Kind.ADD_REPLACE,
  delete: PropertyDiff.Kind.DELETE_REPLACE,
  update: PropertyDiff.Kind.UPDATE_REPLACE,
  drift: PropertyDiff.Kind.UPDATE_REPLACE,
};

function topLevel(path: string): string {
  return path.split(/[.[]/, 1)[0] ?? path;
}
