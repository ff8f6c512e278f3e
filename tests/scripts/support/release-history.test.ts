import { historyOf, isSame, listing, releaseOf } from "../../../scripts/support/release-history.mjs";

const digest = (digit: string) => `sha256:${digit.repeat(64)}`;
const release = (version: number, digit: string, revision?: string) => ({
  version,
  createdAt: `2026-11-${10 + version}T09:30:00Z`,
  images: {
    web: `registry.heroku.com/app/web@${digest(digit)}`,
    release: `registry.heroku.com/app/release@${digest("0")}`,
  },
  ...(revision ? { revision } : {}),
});
const exported = (...history: object[]) =>
  JSON.stringify({
    deployment: {
      resources: [
        { type: "pulumi:pulumi:Stack", outputs: {} },
        {
          type: "heroku-native:index:ContainerRelease",
          outputs: { history: history.map((entry) => JSON.stringify(entry)) },
        },
      ],
    },
  });
const history = historyOf(exported(release(7, "c", "3f2a1bc0123-dirty"), release(5, "b"), release(3, "a")), "prod");

describe("historyOf", () => {
  it("reads the releases out of an exported state, newest first", () => {
    expect(history.map(({ version }) => version)).toEqual([7, 5, 3]);
  });

  it.each([exported(), JSON.stringify({ deployment: {} }), JSON.stringify({ version: 3 })])(
    "says of %j that there is none",
    (state) => {
      expect(() => historyOf(state, "prod")).toThrow(
        'stack "prod" has released nothing yet; run: pulumi up --stack prod',
      );
    },
  );
});

describe("releaseOf", () => {
  it("finds a release by version, by digest and by reference", () => {
    for (const to of ["v5", digest("b"), `registry.heroku.com/app/web@${digest("b")}`]) {
      expect(releaseOf(history, to).version).toBe(5);
    }
  });

  it("takes the newest of several with the same image", () => {
    expect(releaseOf(history, digest("0")).version).toBe(7);
  });

  it("says which there are", () => {
    expect(() => releaseOf(history, "v6")).toThrow(
      'no release to roll back to, got "v6"; there are v7, v5, v3, or write the images\' digests',
    );
  });
});

describe("isSame", () => {
  it("compares images, whatever their order", () => {
    const { images } = release(5, "b");
    const other = { ...release(9, "b"), images: { release: images.release, web: images.web } };
    expect(isSame(release(5, "b"), other)).toBe(true);
    expect(isSame(release(5, "b"), release(5, "c"))).toBe(false);
  });
});

describe("listing", () => {
  it("tells version, time, commit and images of each, and which one runs", () => {
    expect(listing(history.slice(0, 2))).toBe(
      [
        `release  when (UTC)        commit         images${" ".repeat(2 * 71 + 15 - 6)}`.trimEnd(),
        `v7       2026-11-17 09:30  3f2a1bc-dirty  release ${digest("0")}  web ${digest("c")}  runs now`,
        `v5       2026-11-15 09:30  -              release ${digest("0")}  web ${digest("b")}`,
      ].join("\n"),
    );
  });
});
