import type { CheckResult } from "../schema/check";
import type { PropertyValues } from "../schema/property";
import { EngineLog } from "./engine-log";
import type { Connect, Environment, Plugin } from "./plugin";

/** What the engine has sent to this process so far: its address, the configuration, and whether to stop. */
export class Session<C> {
  readonly log: EngineLog;
  private connect: Connect<C> | undefined;
  private readonly stop = new AbortController();

  constructor(
    engineAddress: string | undefined,
    readonly plugin: Plugin<C>,
    private readonly environment: Environment,
  ) {
    this.log = new EngineLog(engineAddress);
  }

  checkConfiguration(given: PropertyValues): CheckResult {
    return this.plugin.checkConfiguration(given, this.environment);
  }

  /** Takes a configuration that has been checked. */
  configure(given: PropertyValues): void {
    this.connect = this.plugin.configure(given, this.environment);
  }

  /** Ends every wait and request of this process. */
  cancel(): void {
    this.stop.abort(new Error("the operation was cancelled, got an interrupt; run `pulumi up` to go on"));
  }

  /** What an operation on the resource `urn` works with. `timeout` is in seconds, 0 for none given. */
  contextFor(urn: string, timeout: number): C {
    if (!this.connect) throw new Error("the plugin is not configured, got an operation before Configure");
    const operation = {
      signal: this.stop.signal,
      progress: (message: string) => this.log.status(urn, message),
      tell: (message: string, severity: "info" | "warning") => this.log.tell(urn, message, severity),
    };
    return this.connect(operation, timeout > 0 ? timeout * 1_000 : undefined);
  }

  close(): void {
    this.cancel();
    this.log.close();
  }
}
