import { previewComment } from "../../../scripts/ci/preview-comment.mjs";

const origin = { stack: "dev", commit: "0123456789abcdef", runUrl: "https://github.test/runs/1" };
const urn = (type: string, name: string) => `urn:pulumi:dev::skechwime::${type}::${name}`;
const custom = { newState: { custom: true } };
const foot = "<sub>0123456 · [log](https://github.test/runs/1)</sub>\n";

const comment = (preview: object) => previewComment(JSON.stringify(preview), origin);

describe("previewComment", () => {
  it("says in one line that nothing changes", () => {
    const steps = [{ op: "same", urn: urn("heroku:app/app:App", "app"), ...custom }];

    expect(comment({ steps, changeSummary: { same: 1 } })).toBe(
      ["<!-- preview of dev -->", "### dev: nothing to do", "", foot].join("\n"),
    );
  });

  it("lists what changes by what it does to the stack, and first what is lost by it", () => {
    const parent = "skechwime:components:Postgres$heroku:addon/addon:Addon";
    const steps = [
      { op: "create", urn: urn("heroku:domain/domain:Domain", "www"), ...custom },
      { op: "create", urn: urn("skechwime:components:Redis", "redis"), newState: { custom: false } },
      { op: "update", urn: urn("pulumi:providers:heroku", "heroku-app"), ...custom, diffReasons: ["url"] },
      {
        op: "replace",
        urn: urn(parent, "database"),
        ...custom,
        diffReasons: ["config", "plan"],
        replaceReasons: ["config"],
      },
      { op: "delete", urn: urn("heroku:ssl/ssl:Ssl", "tls"), oldState: { custom: true } },
    ];

    expect(comment({ steps })).toBe(
      [
        "<!-- preview of dev -->",
        "### dev: 1 to delete, 1 to replace, 1 to change, 1 to create",
        "",
        "**Loses data:** the Addon `database` is replaced.",
        "",
        "| | resource | properties (bold: these replace it) |",
        "|---|---|---|",
        "| delete | Ssl `tls` |  |",
        "| replace | Addon `database` | **config**, plan |",
        "| change | provider heroku `heroku-app` | url |",
        "| create | Domain `www` |  |",
        "",
        foot,
      ].join("\n"),
    );
  });

  it("shows the errors of a preview that failed, and no warnings", () => {
    const diagnostics = [
      { severity: "warning", message: "warning: old plugin" },
      { severity: "error", message: "error: backup:hour must be 0-23, got 24\nset it in Pulumi.dev.yaml\n" },
    ];

    expect(comment({ diagnostics })).toBe(
      [
        "<!-- preview of dev -->",
        "### dev: the preview failed",
        "",
        "    backup:hour must be 0-23, got 24",
        "    set it in Pulumi.dev.yaml",
        "",
        foot,
      ].join("\n"),
    );
  });

  it("does not take a preview without a result for one without changes", () => {
    expect(previewComment("", origin)).toContain(
      "### dev: the preview failed\n\n    pulumi preview ended without a result, its log says why\n",
    );
  });

  it("stays short when a whole stack is made", () => {
    const steps = Array.from({ length: 45 }, (_, n) => ({ op: "create", urn: urn("a:b:C", `c${n}`), ...custom }));

    const text = comment({ steps });

    expect(text.match(/\| create \|/g)).toHaveLength(40);
    expect(text).toContain("\n\nand 5 more\n");
  });

  it("holds no value, only names of properties", () => {
    const steps = [
      {
        op: "update",
        urn: urn("heroku:formation/formation:Formation", "web"),
        newState: { custom: true, inputs: { size: "value-of-size" } },
        oldState: { custom: true, inputs: { size: "old-value-of-size" } },
        diffReasons: ["size"],
      },
    ];

    expect(comment({ steps })).not.toContain("value-of-size");
  });
});
