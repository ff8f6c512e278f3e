import { resources } from "../../../../stand-ins/heroku/resources";
import { type Sample, samples } from "../support/one-of-each";
import { HerokuStandIn } from "../support/stand-in";

describe("Each resource type of the stand-in for heroku", () => {
  const types = resources.map(({ definition }) => `heroku:${definition.module}:${definition.name}`);
  let heroku: HerokuStandIn;
  let all: Sample[];

  beforeEach(async () => {
    heroku = await HerokuStandIn.open();
    all = await samples(heroku);
  });
  afterEach(() => heroku.close());

  const sampleOf = (type: string): Sample => {
    const sample = all.find((candidate) => candidate.type === type);
    if (sample === undefined) throw new Error(`there is no sample of ${type}`);
    return sample;
  };

  it.each(types)("%s has nothing to change after its creation and a refresh", async (type) => {
    const { inputs } = sampleOf(type);
    const created = await heroku.create(type, inputs);

    expect(created.id).not.toBe("");
    expect(created.state).toMatchObject({ id: created.id });
    expect(await heroku.diff(created, inputs)).toMatchObject({ changed: false, detailed: {} });
    expect(await heroku.refresh(created)).toEqual(created);
  });

  it.each(types)("%s is imported as it was created", async (type) => {
    const { inputs, importId, unreadable = [] } = sampleOf(type);
    const created = await heroku.create(type, inputs);
    if (importId === undefined) {
      await expect(heroku.import(type, created.id)).rejects.toThrow("cannot be imported");
      return;
    }
    const imported = await heroku.import(type, importId(created.id));

    const lost = Object.fromEntries(unreadable.map((name) => [name, null]));
    expect(imported.id).toBe(created.id);
    expect({ __meta: '{"schema_version":"0"}', ...created.state, ...lost }).toEqual(imported.state);
    const { changed, detailed } = await heroku.diff(imported, inputs);
    expect({ changed, paths: Object.keys(detailed) }).toEqual({ changed: unreadable.length > 0, paths: unreadable });
  });

  it.each(types)("%s is replaced when an input changes that Heroku cannot change", async (type) => {
    const { inputs, replacing } = sampleOf(type);
    const definition = resources.find(({ definition: { module, name } }) => type === `heroku:${module}:${name}`);
    const created = await heroku.create(type, inputs);

    for (const [name, { type: kind }] of Object.entries(definition?.definition.inputs ?? {})) {
      if (kind === "object" || kind === "objectMap") continue;
      const { replaces } = await heroku.diff(created, { ...inputs, [name]: anotherValue[kind] });
      expect([name, replaces]).toEqual([name, replacing.includes(name) ? [name] : []]);
    }
  });

  it.each(types)("%s is deleted, and removed by hand it counts as missing", async (type) => {
    const { inputs, remove } = sampleOf(type);
    const created = await heroku.create(type, inputs);
    if (remove === undefined) {
      await heroku.delete(created);
      return;
    }
    const [method, path] = remove(created.id);
    expect((await heroku.api.call(method, path)).status).toBeLessThan(300);
    await heroku.api.idle();

    expect(await heroku.refresh(created)).toBeUndefined();
    await heroku.delete(created);

    const again = await heroku.create(type, inputs);
    await heroku.delete(again);
    expect(await heroku.refresh(again)).toBeUndefined();
  });

  it.each(types)("%s counts as missing when its app is", async (type) => {
    const { inputs } = sampleOf(type);
    if (!("appId" in inputs)) return;
    const created = await heroku.create(type, inputs);
    await heroku.api.delete(`/apps/${inputs.appId}`);
    await heroku.api.idle();

    expect(await heroku.refresh(created)).toBeUndefined();
    await heroku.delete(created);
  });
});

const anotherValue = {
  string: "another",
  integer: 7,
  boolean: true,
  stringList: ["another"],
  stringMap: { ANOTHER: "one" },
} as const;
