import { herokuNative } from "./heroku-native";
import { serveEngine } from "./rpc/serve";

void serveEngine(herokuNative());
