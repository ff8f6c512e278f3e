import { DOCKER_RELEASES, Emulator } from "../../../support/emulator";

type Row = Record<string, unknown>;

describe("pipeline routes", () => {
  let heroku: Emulator;
  let pipeline: Row;
  const couple = (app: string, stage: string) =>
    heroku.post("/pipeline-couplings", { app, pipeline: pipeline.id, stage });
  beforeEach(async () => {
    heroku = await Emulator.open();
    await heroku.post("/apps", { name: "sketch-staging", stack: "container" });
    await heroku.post("/apps", { name: "sketch" });
    pipeline = (await heroku.post("/pipelines", { name: "sketch" })).body;
  });

  it("GET /pipelines accepts id, name and query", async () => {
    await heroku.post("/pipelines", { name: "other" });

    expect((await heroku.get("/pipelines/sketch")).body).toEqual(pipeline);
    expect((await heroku.get(`/pipelines/${pipeline.id}`)).body).toEqual(pipeline);
    expect((await heroku.get("/pipelines?eq[name]=sketch")).body).toEqual([pipeline]);
    expect((await heroku.get<Row[]>("/pipelines")).body).toHaveLength(2);
  });

  it("PATCH and DELETE /pipelines/:pipeline accept only the id", async () => {
    expect((await heroku.patch("/pipelines/sketch", { name: "drawing" })).status).toBe(404);
    expect((await heroku.patch(`/pipelines/${pipeline.id}`, { name: "drawing" })).body).toMatchObject({
      name: "drawing",
    });
    await couple("sketch", "production");

    expect((await heroku.delete(`/pipelines/${pipeline.id}`)).status).toBe(200);
    expect((await heroku.get("/pipeline-couplings")).body).toEqual([]);
  });

  it.each([
    ["sketch", "Name sketch is already taken"],
    ["Sketch", "Name must start with a letter and can only contain lowercase letters, digits, and dashes."],
  ])("POST /pipelines refuses the name %s", async (name, message) => {
    const { status, body } = await heroku.post("/pipelines", { name });

    expect(status).toBe(422);
    expect(body).toEqual({ id: "invalid_params", message });
  });

  it("POST /pipelines keeps its owner", async () => {
    const account = await heroku.get("/account");
    const owner = { id: account.body.id, type: "user" };

    expect((await heroku.post("/pipelines", { name: "owned", owner })).body.owner).toEqual(owner);
    expect(await heroku.post("/pipelines", { name: "lost", owner: { id: "nobody", type: "user" } })).toMatchObject({
      status: 422,
      body: { id: "invalid_params", message: 'Owner must be you or a team of yours, got "nobody".' },
    });
  });

  it("POST /pipeline-couplings puts an app into one pipeline", async () => {
    const { status, body } = await couple("sketch", "staging");

    expect(status).toBe(201);
    expect((await heroku.get("/apps/sketch/pipeline-couplings")).body).toEqual(body);
    expect((await heroku.get(`/pipelines/${pipeline.id}/pipeline-couplings`)).body).toEqual([body]);
    expect((await couple("sketch", "production")).body.message).toBe("App sketch is already attached to a pipeline.");
    const path = `/pipeline-couplings/${body.id}`;
    expect((await heroku.patch(path, { stage: "production" })).body).toMatchObject({ stage: "production" });
    expect((await heroku.delete(path)).status).toBe(200);
    expect((await heroku.get("/apps/sketch/pipeline-couplings")).status).toBe(404);
  });

  it("PATCH /pipelines/:pipeline/stage/:stage/config-vars sets a stage's vars", async () => {
    const path = `/pipelines/${pipeline.id}/stage/test/config-vars`;
    await heroku.patch(path, { A: "1", B: "2" });

    expect((await heroku.patch(path, { A: null })).body).toEqual({ B: "2" });
    expect((await heroku.get(path)).body).toEqual({ B: "2" });
    expect((await heroku.get(`/pipelines/${pipeline.id}/stage/review/config-vars`)).body).toEqual({});
    expect((await heroku.get(`/pipelines/${pipeline.id}/stage/production/config-vars`)).status).toBe(422);
  });

  describe("with code to promote", () => {
    const promote = (fields: Row = {}) =>
      heroku.post("/pipeline-promotions", {
        pipeline: { id: pipeline.id },
        source: { app: { id: "sketch-staging" } },
        targets: [{ app: { id: "sketch" } }],
        ...fields,
      });
    let image: string;

    beforeEach(async () => {
      await couple("sketch-staging", "staging");
      await couple("sketch", "production");
      await heroku.patch("/apps/sketch/config-vars", { OWN: "1" });
      const source = await heroku.get("/apps/sketch-staging");
      image = heroku.machines.push(String(source.body.id), "web");
      const updates = [{ type: "web", docker_image: image }];
      await heroku.patch("/apps/sketch-staging/formation", { updates }, DOCKER_RELEASES);
    });

    it("POST /pipeline-promotions copies the image, but not config vars", async () => {
      const { status, body } = await promote();
      expect(status).toBe(201);
      expect(body).toMatchObject({ status: "pending" });
      await heroku.idle();

      expect((await heroku.get(`/pipeline-promotions/${body.id}`)).body).toMatchObject({ status: "completed" });
      const targets = await heroku.get<Row[]>(`/pipeline-promotions/${body.id}/promotion-targets`);
      expect(targets.body).toMatchObject([{ status: "succeeded", error_message: null }]);
      const target = await heroku.get<{ id: string }>("/apps/sketch");
      const [release] = (await heroku.get<Row[]>("/apps/sketch/releases", { Range: "version ..; max=1,order=desc" }))
        .body;
      expect(release).toMatchObject({ description: "Promote sketch-staging v3", status: "succeeded", current: true });
      const record = heroku.store.collection("releases").get(String(release?.id));
      expect(record?.images.web?.imageId).toBe(image);
      expect(await heroku.machines.machines.images.find(target.body.id, "web", image)).toBeDefined();
      expect((await heroku.get("/apps/sketch/config-vars")).body).toEqual({ OWN: "1" });
      expect(target.body).toMatchObject({ stack: { name: "container" } });
    });

    it("POST /pipeline-promotions reports a failed target", async () => {
      heroku.machines.machines.images.copy = async () => {
        throw new Error("the registry is down");
      };
      const { body } = await promote();
      await heroku.idle();

      const targets = await heroku.get<Row[]>(`/pipeline-promotions/${body.id}/promotion-targets`);
      expect(targets.body).toMatchObject([{ status: "failed", error_message: "the registry is down", release: null }]);
    });

    it.each([
      [{ targets: [] }, "A promotion needs at least one target."],
      [{ targets: [{ app: { id: "sketch-staging" } }] }, "An app cannot be promoted to itself."],
      [
        { source: { app: { id: "sketch" } }, targets: [{ app: { id: "sketch-staging" } }] },
        "App sketch has no release with code to promote.",
      ],
      [{ targets: [{ app: { id: "stranger" } }] }, "App stranger is not in this pipeline."],
    ])("POST /pipeline-promotions refuses %j", async (fields, message) => {
      await heroku.post("/apps", { name: "stranger" });

      const { status, body } = await promote(fields);

      expect(status).toBe(422);
      expect(body).toEqual({ id: "invalid_params", message });
    });
  });
});
