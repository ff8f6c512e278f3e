import { parseOptions } from "../../emulator/options";

describe("parseOptions", () => {
  it("has a default for everything", () => {
    expect(parseOptions([])).toEqual({
      port: 5075,
      httpsPort: undefined,
      data: ".local/heroku",
      seed: undefined,
      delays: { "heroku-postgresql": 0, "heroku-redis": 0 },
      destroy: false,
      help: false,
    });
  });

  it("takes delays in seconds", () => {
    const { delays } = parseOptions(["--postgres-delay", "20", "--redis-delay=0.5"]);

    expect(delays).toEqual({ "heroku-postgresql": 20_000, "heroku-redis": 500 });
  });

  it.each([
    [["--port", "0"], "--port must be a port number, got 0; choose 1 to 65535"],
    [["--https-port", "0"], "--https-port must be a port number, got 0; choose 1 to 65535"],
    [["--port", "http"], "--port must be a port number, got http; choose 1 to 65535"],
    [["--port", "70000"], "--port must be a port number, got 70000; choose 1 to 65535"],
    [["--redis-delay", "soon"], "--redis-delay must be a number of seconds, got soon; choose 0 to 3600"],
    [["--postgres-delay="], "--postgres-delay must be a number of seconds, got ; choose 0 to 3600"],
  ])("refuses %j", (args, message) => {
    expect(() => parseOptions(args)).toThrow(message);
  });

  it("refuses unknown options", () => {
    expect(() => parseOptions(["--prot", "5075"])).toThrow("Unknown option '--prot'");
  });
});
