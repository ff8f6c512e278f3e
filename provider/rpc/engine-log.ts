import { credentials } from "@grpc/grpc-js";
import { EngineClient } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { LogRequest, LogSeverity } from "@pulumi/pulumi/proto/engine_pb";

interface Waiting {
  request: LogRequest;
  sent: () => void;
}

const mostWaiting = 200;

/** Shows the user what an operation is doing, in the engine's own display. */
export class EngineLog {
  private client: EngineClient | undefined;
  /** Calls may overtake each other, so each waits for the one before. */
  private readonly waiting: Waiting[] = [];
  private isSending = false;

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

  private send(request: LogRequest): Promise<void> {
    if (!this.address) return Promise.resolve();
    return new Promise((sent) => {
      this.waiting.push({ request, sent });
      if (this.waiting.length > mostWaiting) this.forgetOldest();
      void this.sendWaiting();
    });
  }

  private async sendWaiting(): Promise<void> {
    if (this.isSending || !this.address) return;
    this.isSending = true;
    this.client ??= new EngineClient(this.address, credentials.createInsecure());
    const { client } = this;
    for (let next = this.waiting.shift(); next !== undefined; next = this.waiting.shift()) {
      const { request } = next;
      // A message lost is no reason to fail, so nobody looks at the answer. After close() there is none at all.
      await new Promise<void>((answered) => client.log(request, () => answered())).catch(() => {});
      next.sent();
    }
    this.isSending = false;
  }

  /** A program that prints faster than the engine shows is not waited for: of what passes by, the oldest goes. */
  private forgetOldest(): void {
    const oldest = this.waiting.findIndex(({ request }) => request.getEphemeral());
    for (const { sent } of oldest < 0 ? [] : this.waiting.splice(oldest, 1)) sent();
  }

  close(): void {
    this.client?.close();
  }
}

const severities = { info: LogSeverity.INFO, warning: LogSeverity.WARNING } as const;
