import { serveEngine } from "../../provider/rpc/serve";
import { heroku } from "./plugin";

void serveEngine(heroku());
