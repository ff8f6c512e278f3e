import { schemaFromPlugin } from "../support/heroku-provider-schema";
import { holdAgainst } from "../support/sdk-conformance";

const schema = schemaFromPlugin();

describe("@pulumiverse/heroku beside the provider itself", () => {
  if (schema === undefined) {
    it.skip("has the provider's names and types (skipped: the Pulumi CLI or the plugin heroku 1.0.4 is not installed)", () => {});
  } else {
    holdAgainst(schema);
  }
});
