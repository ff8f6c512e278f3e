import { schemaFromFile } from "../support/heroku-provider-schema";
import { holdAgainst } from "../support/sdk-conformance";

const schema = schemaFromFile();

describe("@pulumiverse/heroku beside the provider's schema", () => {
  if (schema === undefined) {
    it.skip("has the schema's names and types (skipped: no file heroku-provider-schema.json, see HEROKU_PROVIDER_SCHEMA)", () => {});
  } else {
    holdAgainst(schema);
  }
});
