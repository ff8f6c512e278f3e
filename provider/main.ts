import { serve } from "./rpc/serve";

/** The engine passes the address it listens on as the last argument, after flags such as `--tracing <endpoint>`. */
const engineAddress = process.argv
  .slice(2)
  .reverse()
  .find((argument) => /^[^-].*:\d+$/.test(argument));

// The engine reads the port from the first line.
void serve({ engineAddress }).then(({ port }) => console.log(port));
