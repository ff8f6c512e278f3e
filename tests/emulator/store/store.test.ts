import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type DomainRecord, ENTITIES, type Entity } from "../../../emulator/store/entities";
import { Store } from "../../../emulator/store/store";

const domain = (id: string, fields: Partial<DomainRecord> = {}): DomainRecord => ({
  id,
  createdAt: "2026-01-01T00:00:00.000Z",
  updatedAt: "2026-01-01T00:00:00.000Z",
  appId: "app",
  hostname: `${id}.example.com`,
  cname: null,
  kind: "custom",
  sniEndpointId: null,
  ...fields,
});

describe("Store", () => {
  let folder: string;
  let store: Store;
  const domains = () => store.collection("domains");
  const ids = (appId: string) =>
    domains()
      .by("app", appId)
      .map(({ id }) => id);
  const reopen = async () => {
    await store.close();
    store = Store.open(folder);
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "store-"));
    store = Store.open(folder);
  });
  afterEach(async () => {
    await store.close();
    rmSync(folder, { recursive: true });
  });

  it("finds records by id and by index, oldest first", () => {
    for (const id of ["b", "a", "c"]) domains().put(domain(id, { appId: id === "c" ? "other" : "app" }));

    expect(domains().get("a")?.hostname).toBe("a.example.com");
    expect(ids("app")).toEqual(["b", "a"]);
    expect(domains().find("hostname", "c.example.com")?.id).toBe("c");
    expect(domains().count("app", "app")).toBe(2);
    expect(domains().find("hostname", "d.example.com")).toBeUndefined();
  });

  it("moves a record between index keys when it changes", () => {
    domains().put(domain("a"));
    domains().update("a", { appId: "other" });

    expect(ids("app")).toEqual([]);
    expect(ids("other")).toEqual(["a"]);
  });

  it("ignores changes to a missing record", () => {
    expect(domains().update("a", { appId: "other" })).toBeUndefined();
    expect(domains().delete("a")).toBeUndefined();
    expect(domains().all()).toEqual([]);
  });

  it("reads the same records in the same order after it was reopened", async () => {
    for (const id of ["b", "a", "c"]) domains().put(domain(id));
    domains().update("b", { hostname: "first.example.com" });
    domains().delete("c");

    await reopen();

    expect(domains().all()).toEqual([domain("b", { hostname: "first.example.com" }), domain("a")]);
    expect(domains().find("hostname", "first.example.com")?.id).toBe("b");
  });

  it("applies a transaction completely or not at all", async () => {
    domains().put(domain("a"));
    domains().put(domain("b"));
    const failing = () =>
      store.transaction(() => {
        domains().put(domain("c"));
        domains().update("a", { hostname: "changed.example.com" });
        domains().delete("b");
        throw new Error("no");
      });

    expect(failing).toThrow("no");

    expect(domains().get("a")).toEqual(domain("a"));
    expect(domains().get("b")).toEqual(domain("b"));
    expect(domains().get("c")).toBeUndefined();
    await reopen();
    expect(domains().all()).toEqual([domain("a"), domain("b")]);
  });

  it("removes with a record what it owns, recursively", async () => {
    const times = { createdAt: "", updatedAt: "" };
    store.collection("pipelines").put({ ...times, id: "pipeline", name: "gallery", owner: null });
    const coupling = { ...times, appId: "app", pipelineId: "pipeline", stage: "staging" as const };
    store.collection("couplings").put({ ...coupling, id: "mine" });
    store.collection("couplings").put({ ...coupling, id: "other", pipelineId: "another" });
    store.collection("pipelineConfigs").put({ id: "pipeline/test", pipelineId: "pipeline", stage: "test", vars: {} });

    store.collection("pipelines").delete("pipeline");

    await reopen();
    expect(store.collection("pipelines").all()).toEqual([]);
    expect(store.collection("pipelineConfigs").all()).toEqual([]);
    expect(store.collection("couplings").all()).toMatchObject([{ id: "other" }]);
  });

  it("restores a record and what it owns if the transaction fails", () => {
    store.collection("pipelines").put({ id: "pipeline", createdAt: "", updatedAt: "", name: "gallery", owner: null });
    store.collection("pipelineConfigs").put({ id: "pipeline/test", pipelineId: "pipeline", stage: "test", vars: {} });
    const failing = () =>
      store.transaction(() => {
        store.collection("pipelines").delete("pipeline");
        throw new Error("no");
      });

    expect(failing).toThrow("no");
    expect(store.collection("pipelines").find("name", "gallery")?.id).toBe("pipeline");
    expect(store.collection("pipelineConfigs").by("pipeline", "pipeline")).toHaveLength(1);
  });

  it.each(Object.entries<Entity<never>>(ENTITIES))("knows the owners of %s", (_kind, { indexes, owners }) => {
    for (const [owner, index] of Object.entries(owners)) {
      expect(Object.keys(ENTITIES)).toContain(owner);
      expect(["id", ...Object.keys(indexes)]).toContain(index);
    }
  });

  it("makes a nested transaction part of the outer one", () => {
    const failing = () =>
      store.transaction(() => {
        store.transaction(() => domains().put(domain("a")));
        throw new Error("no");
      });

    expect(failing).toThrow("no");
    expect(domains().get("a")).toBeUndefined();
  });

  it("removes every record", async () => {
    domains().put(domain("a"));
    store.clear();
    await reopen();

    expect(domains().all()).toEqual([]);
  });
});
