import type * as pulumi from "@pulumi/pulumi";
import type {
  ReadResourceRequest,
  RegisterResourceOutputsRequest,
  RegisterResourceRequest,
} from "@pulumi/pulumi/proto/resource_pb";
import * as runtime from "@pulumi/pulumi/runtime";
import { MockMonitor } from "@pulumi/pulumi/runtime/mocks";
import { declared, lookedUp, type Registration } from "./registration";
import { isRecord, isSecretMark, markSecret, unwrapProperties } from "./secrets";

/** How the recorder answers the program. */
export interface RecorderSettings {
  /** Outputs of a resource besides its inputs; `markSecret` makes one secret. */
  outputs?: (registration: Registration) => Record<string, unknown>;
  /** Id of a custom resource that is declared. @default `<name>-id` */
  id?: (registration: Registration) => string;
  /** Answers to function calls. @default the call's own arguments */
  call?: (token: string, args: unknown) => Record<string, unknown>;
  /** @default "skechwime" */
  project?: string;
  /** @default "test" */
  stack?: string;
  /** Whether the program runs as for a preview. @default false */
  preview?: boolean;
}

/**
 * Stands in for the engine in unit tests and keeps every registration, with what Pulumi's own mocks leave out: parent,
 * dependencies and options. Outputs named in `additionalSecretOutputs` come back secret, as the engine gives them.
 * It proves what a program asks for, not what a provider makes of it.
 */
export class Recorder {
  readonly registrations: Registration[] = [];
  /** Outputs that components registered as plain values, by URN. */
  readonly componentOutputs = new Map<string, Record<string, unknown>>();
  /** Tokens of the function calls, in the order they arrived. */
  readonly calls: string[] = [];
  readonly #settings: RecorderSettings;

  private constructor(settings: RecorderSettings) {
    this.#settings = settings;
  }

  /** Makes a recorder the engine of all resources declared from now on. Await it before the first one. */
  static async start(settings: RecorderSettings = {}): Promise<Recorder> {
    const recorder = new Recorder(settings);
    const { project = "skechwime", stack = "test", preview } = settings;
    await runtime.setMocks(recorder.#mocks(), project, stack, preview, "organization");
    recorder.#listen(runtime.getMonitor());
    return recorder;
  }

  /** Every registration, once all that was declared so far has arrived. */
  async settled(): Promise<readonly Registration[]> {
    await runtime.disconnect();
    return this.registrations;
  }

  /** Registrations of a type, in the order they arrived. */
  async ofType(type: string): Promise<Registration[]> {
    return (await this.settled()).filter((registration) => registration.type === type);
  }

  /**
   * The only registration of a type, and of a name if given.
   *
   * @throws Error that lists every registration when there are several or none.
   */
  async only(type: string, name?: string): Promise<Registration> {
    const found = (await this.ofType(type)).filter((one) => name === undefined || one.name === name);
    const [first] = found;
    if (first === undefined || found.length > 1) {
      const all = this.registrations.map((one) => `${one.type} '${one.name}'`).join(", ");
      throw new Error(`expected one ${type} ${name ?? ""}, got ${found.length} among ${all}`);
    }
    return first;
  }

  #mocks(): runtime.Mocks {
    return {
      newResource: ({ inputs }) => this.#answer(inputs),
      call: ({ token, inputs }) => {
        this.calls.push(token);
        return this.#settings.call?.(token, inputs) ?? inputs;
      },
    };
  }

  /** Pulumi's set-up takes no monitor but its own and tells it nothing of options, so its doors are watched. */
  #listen(monitor: unknown): void {
    if (!(monitor instanceof MockMonitor)) {
      throw new Error("Pulumi's mocks have another monitor than this recorder knows");
    }
    const register = monitor.registerResource.bind(monitor);
    monitor.registerResource = async (request: RegisterResourceRequest, callback) => {
      this.registrations.push(declared(request));
      await register(request, callback);
    };
    const read = monitor.readResource.bind(monitor);
    monitor.readResource = async (request: ReadResourceRequest, callback) => {
      this.registrations.push(lookedUp(request));
      await read(request, callback);
    };
    const registerOutputs = monitor.registerResourceOutputs.bind(monitor);
    monitor.registerResourceOutputs = (request: RegisterResourceOutputsRequest, callback) => {
      const { values } = unwrapProperties(request.getOutputs()?.toJavaScript() ?? {});
      this.componentOutputs.set(request.getUrn(), values);
      registerOutputs(request, callback);
    };
  }

  /** The monitor asks for this in the same tick as it is handed the request, so the last registration is the one. */
  #answer(inputs: unknown): runtime.MockResourceResult {
    const registration = this.registrations.at(-1);
    if (registration === undefined) {
      throw new Error("the monitor asked for the outputs of a resource that it was not handed");
    }
    const state = { ...(isRecord(inputs) ? inputs : {}), ...this.#settings.outputs?.(registration) };
    for (const property of registration.options.additionalSecretOutputs) {
      if (state[property] !== undefined && !isSecretMark(state[property])) {
        state[property] = markSecret(state[property]);
      }
    }
    const id = registration.id || (this.#settings.id?.(registration) ?? `${registration.name}-id`);
    return { id: registration.custom ? id : undefined, state };
  }
}

/** What an output resolves to. Outputs that are unknown in a preview never do. */
export function resolved<T>(output: pulumi.Output<T>): Promise<T> {
  return new Promise((resolve) => {
    output.apply((value) => resolve(value));
  });
}
