import { BinaryReader } from "google-protobuf";

/** A step of a build, as BuildKit reports it each time that something changes. */
export interface BuildStep {
  /** The same in every build that the step is part of. */
  digest: string;
  /** As in `[web 2/3] RUN make`. */
  name: string;
  /** Taken from the cache. */
  cached: boolean;
  started: boolean;
  completed: boolean;
  /** Why it failed, else empty. */
  error: string;
}

/** What a step printed. */
export interface StepOutput {
  digest: string;
  text: string;
}

/** Reads BuildKit's StatusResponse: the steps (1) and what they print (3). */
export function readTrace(message: Uint8Array): { steps: BuildStep[]; output: StepOutput[] } {
  const steps: BuildStep[] = [];
  const output: StepOutput[] = [];
  eachField(message, (field, reader) => {
    if (field === 1) steps.push(readStep(reader.readBytes()));
    else if (field === 3) output.push(readOutput(reader.readBytes()));
    else reader.skipField();
  });
  return { steps, output };
}

/** Vertex; the times that it started and completed are messages, of which only their presence matters. */
function readStep(message: Uint8Array): BuildStep {
  const step = { digest: "", name: "", cached: false, started: false, completed: false, error: "" };
  eachField(message, (field, reader) => {
    if (field === 1) step.digest = reader.readString();
    else if (field === 3) step.name = reader.readString();
    else if (field === 4) step.cached = reader.readBool();
    else if (field === 7) step.error = reader.readString();
    else {
      if (field === 5) step.started = true;
      if (field === 6) step.completed = true;
      reader.skipField();
    }
  });
  return step;
}

/** VertexLog. */
function readOutput(message: Uint8Array): StepOutput {
  const output = { digest: "", text: "" };
  eachField(message, (field, reader) => {
    if (field === 1) output.digest = reader.readString();
    else if (field === 4) output.text = Buffer.from(reader.readBytes()).toString();
    else reader.skipField();
  });
  return output;
}

function eachField(message: Uint8Array, take: (field: number, reader: BinaryReader) => void): void {
  const reader = new BinaryReader(message);
  while (reader.nextField() && !reader.isEndGroup()) take(reader.getFieldNumber(), reader);
}
