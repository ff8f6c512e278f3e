import { schemaFromFile, schemaFromPlugin } from "../support/heroku-provider-schema";
import { holdAgainst } from "../support/sdk-conformance";

const schema = schemaFromFile() ?? schemaFromPlugin();

describe("@pulumiverse/heroku beside the provider's schema", () => {
  if (schema === undefined) {
    it.skip("has the schema's names and types (skipped: no file heroku-provider-schema.json, see HEROKU_PROVIDER_SCHEMA, and no plugin heroku 1.0.4)", () => {});
  } else {
    holdAgainst(schema);
  }
});
