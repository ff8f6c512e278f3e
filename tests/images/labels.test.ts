import { migrationLabels, migrationsOf } from "../../images/labels";

describe("migrationLabels", () => {
  it("lists the migrations in one label", () => {
    const labels = migrationLabels(["boards.0001_initial", "boards.0002_name"]);
    expect(labels).toEqual({ "skechwime.migrations": "boards.0001_initial,boards.0002_name" });
    expect(migrationLabels([])).toEqual({});
  });

  it("splits a list that is too long for a line of a Dockerfile", () => {
    const migrations = Array.from(
      { length: 3_000 },
      (_, i) => `warehouse.${String(i).padStart(4, "0")}_auto_20260101_1200`,
    );
    const labels = migrationLabels(migrations);
    expect(Object.keys(labels)).toEqual(["skechwime.migrations", "skechwime.migrations.2", "skechwime.migrations.3"]);
    expect(Math.max(...Object.values(labels).map((label) => label.length))).toBeLessThanOrEqual(50_000);
    expect(migrationsOf(labels)).toEqual(migrations);
  });
});

describe("migrationsOf", () => {
  it("distinguishes no migrations from no label", () => {
    expect(migrationsOf({ "skechwime.migrations": "" })).toEqual([]);
    expect(migrationsOf({ other: "x" })).toBeUndefined();
  });
});
