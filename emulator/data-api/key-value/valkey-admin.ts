import { connect, type TLSSocket } from "node:tls";
import { parseReply, type RespValue } from "./resp";

/** A refusal by the server. */
export class ValkeyError extends Error {
  override readonly name = "ValkeyError";
}

/**
 * Local Heroku's own connection to an add-on's server. It is kept open: the server counts one client
 * more than the plan has, and this is the one.
 */
export class ValkeyAdmin {
  private socket: TLSSocket | undefined;
  private buffer = Buffer.alloc(0);
  private readonly waiting: { resolve: (value: RespValue) => void; reject: (error: Error) => void }[] = [];

  constructor(
    private readonly host: string,
    private readonly port: number,
    private readonly password: () => string,
  ) {}

  /** Sends one command; connects first when there is no connection. Rejects with {@link ValkeyError} when the server refuses. */
  async command(...words: string[]): Promise<RespValue> {
    const socket = this.socket ?? this.open();
    const reply = this.send(socket, words);
    return reply;
  }

  close(): void {
    this.socket?.destroy();
  }

  private open(): TLSSocket {
    // The certificate is self-signed, as Heroku's is.
    const socket = connect({ host: this.host, port: this.port, rejectUnauthorized: false });
    socket.unref();
    this.socket = socket;
    this.buffer = Buffer.alloc(0);
    socket.on("data", (chunk: Buffer) => this.take(chunk));
    const lost = (error: Error) => {
      if (this.socket === socket) this.socket = undefined;
      for (const { reject } of this.waiting.splice(0)) reject(error);
    };
    socket.on("error", lost);
    socket.on("close", () => lost(new Error("the server closed the connection")));
    this.send(socket, ["AUTH", this.password()]).catch(() => socket.destroy());
    return socket;
  }

  private send(socket: TLSSocket, words: readonly string[]): Promise<RespValue> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ resolve, reject });
      const parts = words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`);
      socket.write(`*${words.length}\r\n${parts.join("")}`);
    });
  }

  private take(chunk: Buffer): void {
    this.buffer = Buffer.concat([this.buffer, chunk]);
    for (let reply = parseReply(this.buffer, 0); reply; reply = parseReply(this.buffer, 0)) {
      this.buffer = this.buffer.subarray(reply.end);
      const waiting = this.waiting.shift();
      if (reply.error) waiting?.reject(new ValkeyError(String(reply.value)));
      else waiting?.resolve(reply.value);
    }
  }
}
