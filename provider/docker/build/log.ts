import { BinaryReader } from "google-protobuf";

const linesKept = 20;

interface BuildEvent {
  id?: string;
  /** Of a trace: BuildKit's status, in protobuf and base64. Of an image: its id. */
  aux?: string | { ID?: string };
  error?: string;
}

/** Reads what the engine reports of a build: what the steps print, why it failed, what came of it. */
export class BuildLog {
  imageId: string | undefined;
  fault: string | undefined;
  /** The step that failed, as in `RUN make`. */
  failedStep: string | undefined;
  /** The last lines that the steps printed. */
  readonly lastLines: string[] = [];
  private rest = "";
  private shown = "";

  constructor(private readonly show: (line: string) => void) {}

  take(text: string): void {
    const lines = (this.rest + text).split("\n");
    this.rest = lines.pop() ?? "";
    for (const line of lines) if (line.trim() !== "") this.event(JSON.parse(line));
  }

  private event({ id, aux, error }: BuildEvent): void {
    if (error !== undefined) this.fault = error;
    if (id === "moby.image.id" && typeof aux === "object") this.imageId = aux.ID;
    if (id !== "moby.buildkit.trace" || typeof aux !== "string") return;
    const { steps, output } = readStatus(Buffer.from(aux, "base64"));
    for (const { name, error: failure } of steps) {
      // "[web 2/3] RUN make"
      if (failure !== "") this.failedStep = name.replace(/^\[.*?\] /, "");
      if (name !== this.shown) this.show(name);
      this.shown = name;
    }
    for (const line of output.join("").split("\n")) {
      if (line.trim() === "") continue;
      this.lastLines.push(line);
      if (this.lastLines.length > linesKept) this.lastLines.shift();
      this.show(line);
    }
  }
}

interface Step {
  name: string;
  error: string;
}

/** Of BuildKit's StatusResponse: the steps (1: Vertex, 3: name, 7: error), and what they print (3: VertexLog, 4: msg). */
function readStatus(message: Uint8Array): { steps: Step[]; output: string[] } {
  const steps: Step[] = [];
  const output: string[] = [];
  eachField(message, (field, reader) => {
    if (field !== 1 && field !== 3) return reader.skipField();
    const step = { name: "", error: "" };
    eachField(reader.readBytes(), (inner, part) => {
      if (field === 1 && inner === 3) step.name = part.readString();
      else if (field === 1 && inner === 7) step.error = part.readString();
      else if (field === 3 && inner === 4) output.push(Buffer.from(part.readBytes()).toString());
      else part.skipField();
    });
    if (field === 1) steps.push(step);
  });
  return { steps, output };
}

function eachField(message: Uint8Array, take: (field: number, reader: BinaryReader) => void): void {
  const reader = new BinaryReader(message);
  while (reader.nextField() && !reader.isEndGroup()) take(reader.getFieldNumber(), reader);
}
