import type { Release } from "../../../../provider/heroku/types";
import { deployedImages, imagesIn, liveImages } from "../../../../provider/resources/container-release/live-images";

const [a, b, c] = ["a", "b", "c"].map((digit) => digit.repeat(12)) as [string, string, string];

/** Releases v1, v2, … from their descriptions; `!` marks one that failed. The last that did not fail is current. */
function history(...descriptions: string[]): Release[] {
  const current = descriptions.map((description) => description.startsWith("!")).lastIndexOf(false);
  return descriptions.map((description, index) => ({
    id: `release-${index + 1}`,
    version: index + 1,
    description: description.replace(/^!/, ""),
    status: description.startsWith("!") ? "failed" : "succeeded",
    current: index === current,
    created_at: "2026-11-01T00:00:00Z",
    output_stream_url: null,
  }));
}

const deployed = (...descriptions: string[]) => Object.fromEntries(deployedImages(history(...descriptions)));

describe("deployedImages", () => {
  it("finds what the newest deployments brought, through config changes", () => {
    expect(deployed("Initial release", `Deployed web (${a}), release (${b})`, "Set KEY config vars")).toEqual({
      web: a,
      release: b,
    });
  });

  it("takes each process type from its own last deployment", () => {
    expect(deployed(`Deployed web (${a}), worker (${b})`, `Deployed web (${c})`)).toEqual({ web: c, worker: b });
  });

  it("follows a rollback, and a rollback of a rollback", () => {
    expect(deployed(`Deployed web (${a})`, `Deployed web (${b})`, "Rollback to v1")).toEqual({ web: a });
    expect(
      deployed(`Deployed web (${a})`, `Deployed web (${b})`, "Rollback to v1", `Deployed web (${c})`, "Rollback to v3"),
    ).toEqual({ web: a });
  });

  it("passes releases that failed over", () => {
    expect(deployed(`Deployed web (${a})`, `!Deployed web (${b})`)).toEqual({ web: a });
  });

  it("finds nothing before the first deployment", () => {
    expect(deployed("Initial release", "Enable Logplex", "Attach DATABASE")).toEqual({});
  });

  it("is not misled by a config var's name", () => {
    expect(deployed(`Deployed web (${a})`, `Set web (${b}) config vars`)).toEqual({ web: a });
  });
});

describe("imagesIn", () => {
  it("reads process types with dashes", () => {
    const [release] = history(`Deployed my-worker (${a})`);

    expect(release && Object.fromEntries(imagesIn(release))).toEqual({ "my-worker": a });
  });
});

describe("liveImages", () => {
  it("joins the releases' account with the formation's", () => {
    const live = liveImages(history(`Deployed web (${a}), release (${b})`), [
      { type: "web", quantity: 1, size: "Basic", docker_image: { id: "image-1" } },
      { type: "worker", quantity: 0, size: "Basic", docker_image: null },
      { type: "clock", quantity: 0, size: "Basic" },
    ]);

    expect(Object.fromEntries(live)).toEqual({
      web: { shortId: a, dockerImage: "image-1" },
      release: { shortId: b },
      worker: { dockerImage: null },
    });
  });
});
