import { serveEngine } from "../../provider/rpc/serve";
import { docker } from "./plugin";

void serveEngine(docker);
