import { readFileSync } from "node:fs";
import { join } from "node:path";
import { withSchema, withTable } from "../../config/reference";

const read = (file: string) => readFileSync(join(__dirname, "../..", file), "utf8");

describe("withSchema", () => {
  it("finds Pulumi.yaml current (otherwise run `npm run generate`)", () => {
    expect(withSchema(read("Pulumi.yaml"))).toBe(read("Pulumi.yaml"));
  });

  it("replaces the schema and keeps what comes before it", () => {
    const before = "name: skechwime\nmain: index.ts\n";
    const written = withSchema(`${before}config:\n  region:\n    type: string\n`);
    expect(written.startsWith(`${before}# The rest is generated from config/keys.ts`)).toBe(true);
    expect(written).toContain("\n  region:\n    type: string\n    default: us\n");
    expect(written).not.toContain("appName");
    expect(withSchema(written)).toBe(written);
  });
});

describe("withTable", () => {
  it("finds README.md current (otherwise run `npm run generate`)", () => {
    expect(withTable(read("README.md"))).toBe(read("README.md"));
  });

  it("lists every setting with what it must be and its default", () => {
    const table = withTable("before\n<!-- settings -->\n<!-- end of settings -->\nafter\n").split("\n");
    expect([table[0], table.at(-2)]).toEqual(["before", "after"]);
    expect(table).toEqual(
      expect.arrayContaining([
        "| `processTypes.*.quantity` | a whole number from 0 to 100 | `1` | How many dynos to run. |",
        "| `backup.hour` | a whole hour from 0 to 23 | required | Hour in which the daily backup starts. |",
        expect.stringMatching(/^\| `secretConfigVars` \| map; encrypted \| none \| /),
      ]),
    );
  });
});
