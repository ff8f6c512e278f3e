import { serveEngine } from "../../provider/rpc/serve";
import { random } from "./plugin";

void serveEngine(random);
