import { Emulator } from "../../support/emulator";

const DAY = 24 * 60 * 60 * 1_000;

describe("Releases", () => {
  it("expires releases after 30 days beyond the newest 20, except the current one", async () => {
    const heroku = await Emulator.open();
    await heroku.post("/apps", { name: "sketch" });
    const slug = (await heroku.post("/apps/sketch/slugs", { process_types: { web: "serve" } })).body.id;
    await heroku.post("/apps/sketch/releases", { slug });
    const setVar = (value: number) => heroku.patch("/apps/sketch/config-vars", { VALUE: `${value}` });
    const release = async (version: number) => (await heroku.get(`/apps/sketch/releases/${version}`)).body;
    for (let value = 4; value <= 22; value++) await setVar(value);
    heroku.clock.advance(31 * DAY);
    expect(await release(3)).toMatchObject({ status: "succeeded", eligible_for_rollback: true });

    await setVar(23);

    expect(await release(3)).toMatchObject({ status: "expired", eligible_for_rollback: false });
    expect(await release(4)).toMatchObject({ status: "succeeded", eligible_for_rollback: true });
    expect(await heroku.post("/apps/sketch/releases", { release: "3" })).toMatchObject({
      status: 422,
      body: { id: "invalid_params", message: "Cannot roll back to v3: it has no code that ran and is still kept." },
    });
  });
});
