import { createServer, type Server, type Socket } from "node:net";

/** The first byte of every TLS connection; no HTTP request begins with it. */
const TLS_HANDSHAKE = 0x16;

/** What takes connections: Node's HTTP and HTTPS servers do without listening themselves. */
interface Receiver {
  emit(event: "connection", socket: Socket): boolean;
}

/** A server whose connections go to `secure` or `plain`, by their first byte. */
export function eitherProtocol(plain: Receiver, secure: Receiver): Server {
  // An HTTP server sets the same option on the connections that it accepts itself.
  return createServer({ noDelay: true }, (socket) => {
    // A client that leaves before it says anything is nobody's fault.
    const leave = () => socket.destroy();
    socket.once("error", leave);
    socket.once("data", (first: Buffer) => {
      socket.pause();
      socket.off("error", leave);
      socket.unshift(first);
      if (first[0] === TLS_HANDSHAKE) {
        // It reads what is buffered by itself.
        secure.emit("connection", socket);
      } else {
        plain.emit("connection", socket);
        socket.resume();
      }
    });
  });
}
