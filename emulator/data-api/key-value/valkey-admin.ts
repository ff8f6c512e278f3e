import type { RedisClientType } from "@redis/client";

/**
 * Local Heroku's own connection to an add-on's server. It is kept open: the server allows one connection more than the
 * plan, reserved for this one.
 */
export class ValkeyAdmin {
  private client: Promise<RedisClientType> | undefined;

  constructor(
    private readonly host: string,
    private readonly port: number,
    private readonly password: () => string,
  ) {}

  /** Sends one command, after connecting if there is no connection. Rejects if the server refuses it. */
  async command(...words: string[]): Promise<unknown> {
    this.client ??= this.connect();
    const client = await this.client;
    return client.sendCommand(words);
  }

  close(): void {
    void this.client?.then(
      (client) => client.destroy(),
      () => {},
    );
    this.client = undefined;
  }

  private connect(): Promise<RedisClientType> {
    const connecting = this.open(() => {
      if (this.client === connecting) this.client = undefined;
    });
    connecting.catch(() => {
      if (this.client === connecting) this.client = undefined;
    });
    return connecting;
  }

  private async open(lost: () => void): Promise<RedisClientType> {
    // Loading takes 150 ms, which instances without a key-value store are spared.
    const { createClient } = await import("@redis/client");
    const client: RedisClientType = createClient({
      password: this.password(),
      // The certificate is self-signed, as Heroku's is. A new client is made instead of connecting this one again.
      socket: { host: this.host, port: this.port, tls: true, rejectUnauthorized: false, reconnectStrategy: false },
    });
    client.on("error", lost);
    client.on("end", lost);
    await client.connect();
    client.unref();
    return client;
  }
}
