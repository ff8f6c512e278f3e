import { announcements } from "./steps";

const urn = (type: string, name: string) => `urn:pulumi:local::skechwime::${type}::${name}`;

describe("announcements", () => {
  it("names each step with the paths that change", () => {
    expect(
      announcements([
        {
          op: "update",
          urn: urn("heroku:app/configAssociation:ConfigAssociation", "app-config"),
          detailedDiff: { vars: { kind: "update" }, "vars.B": { kind: "add" }, "vars.A": { kind: "delete" } },
        },
        { op: "replace", urn: urn("heroku:app/app:App", "app"), detailedDiff: { region: { kind: "update-replace" } } },
        { op: "create", urn: urn("heroku:drain/drain:Drain", "drain"), detailedDiff: null },
      ]),
    ).toEqual([
      { step: "create Drain drain", changes: "" },
      { step: "replace App app", changes: "~region!" },
      { step: "update ConfigAssociation app-config", changes: "+vars.B -vars.A ~vars" },
    ]);
  });

  it("has a line for a preview with no steps", () => {
    expect(announcements([])).toEqual([{ step: "nothing", changes: "" }]);
  });
});
