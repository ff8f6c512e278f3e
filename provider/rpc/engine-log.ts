import { credentials } from "@grpc/grpc-js";
import { EngineClient } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { LogRequest, LogSeverity } from "@pulumi/pulumi/proto/engine_pb";

/** Shows the user what an operation is doing, in the engine's own display. */
export class EngineLog {
  private client: EngineClient | undefined;
  /** Calls may overtake each other, so each waits for the one before. */
  private sent = Promise.resolve();

  /** `address` is where the engine listens; without one nothing is shown. */
  constructor(private address: string | undefined) {}

  /** The engine told the plugin where it listens. */
  attach(address: string): void {
    if (address === this.address) return;
    this.address = address;
    this.client?.close();
    this.client = undefined;
  }

  /** Shows a message beside the resource until the next one comes. */
  status(urn: string, message: string): void {
    void this.send(new LogRequest().setSeverity(LogSeverity.INFO).setMessage(message).setUrn(urn).setEphemeral(true));
  }

  /** Keeps a message among the resource's diagnostics; resolves once the engine has it. */
  tell(urn: string, message: string, severity: "info" | "warning"): Promise<void> {
    return this.send(new LogRequest().setSeverity(severities[severity]).setMessage(message).setUrn(urn));
  }

  private async send(request: LogRequest): Promise<void> {
    if (!this.address) return;
    this.client ??= new EngineClient(this.address, credentials.createInsecure());
    const { client } = this;
    // A message lost is no reason to fail, so nobody looks at the answer.
    // After close() there is none at all.
    const answered = () => new Promise<void>((resolve) => client.log(request, () => resolve()));
    this.sent = this.sent.then(answered).catch(() => {});
    await this.sent;
  }

  close(): void {
    this.client?.close();
  }
}

const severities = { info: LogSeverity.INFO, warning: LogSeverity.WARNING } as const;
