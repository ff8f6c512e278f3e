import { checkConfiguration, settingsFrom } from "../configuration";
import { HerokuClient, type HerokuRuntime, type HerokuSettings } from "../heroku/client";
import type { Context } from "../resources/resource";
import type { CheckResult } from "../schema/check-inputs";
import type { PropertyValues } from "../schema/property-value";
import type { ProviderConfig } from "../schema/provider-config";
import { EngineLog } from "./engine-log";

type Environment = Readonly<Record<string, string | undefined>>;

/** What the engine has told this process so far: where it listens, the configuration, and whether to stop. */
export class Session {
  readonly log: EngineLog;
  private settings: HerokuSettings | undefined;
  private readonly stop = new AbortController();

  constructor(
    engineAddress: string | undefined,
    private readonly runtime: HerokuRuntime,
    private readonly environment: Environment,
  ) {
    this.log = new EngineLog(engineAddress);
  }

  checkConfiguration(given: PropertyValues): CheckResult {
    return checkConfiguration(given, this.environment);
  }

  /** Takes a configuration that has been checked. */
  configure(given: PropertyValues): void {
    this.settings = settingsFrom(this.checkConfiguration(given).inputs as ProviderConfig, this.environment);
  }

  /** Ends every wait and request of this process. */
  cancel(): void {
    this.stop.abort(new Error("the operation was cancelled, got an interrupt; run `pulumi up` to go on"));
  }

  /** What an operation on the resource `urn` works with. `timeout` is in seconds, 0 for none given. */
  contextFor(urn: string, timeout: number): Context {
    if (!this.settings) throw new Error("the plugin is not configured, got an operation before Configure");
    const client = new HerokuClient(this.settings, this.runtime, {
      signal: this.stop.signal,
      progress: (message) => this.log.status(urn, message),
      tell: (message, severity) => this.log.tell(urn, message, severity),
    });
    return { client, timeout: timeout > 0 ? timeout * 1_000 : undefined };
  }

  close(): void {
    this.cancel();
    this.log.close();
  }
}
