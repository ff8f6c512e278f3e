import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { initStack } from "../../init";
import { ProjectFolder } from "./support/project-folder";

const dockerfile = { Dockerfile: "FROM debian\nCMD serve $PORT\n" };

describe("Refusals of initStack", () => {
  const folders: ProjectFolder[] = [];
  const project = (files: Record<string, string>, name?: string) => {
    const folder = new ProjectFolder(files, name);
    folders.push(folder);
    return folder;
  };
  afterEach(() => {
    for (const folder of folders.splice(0)) folder.remove();
  });

  it("names a folder that is missing, and one that is a file", () => {
    const { path, root } = project(dockerfile);
    for (const folder of [join(path, "nowhere"), join(path, "Dockerfile")]) {
      expect(() => initStack({ folder, root })).toThrow(
        `the folder to deploy must exist, got ${folder}; name the folder`,
      );
    }
  });

  it("says what is needed where there is no Dockerfile", () => {
    const { path, root } = project({ Procfile: "web: gunicorn shop.wsgi\n", "manage.py": "" });

    expect(() => initStack({ folder: path, root })).toThrow(
      `${path} has no Dockerfile (its Procfile is for buildpacks, which are not built here); write one`,
    );
  });

  it("looks for no Dockerfile among installed packages, ignore files and what another folder links to", () => {
    const files = { "node_modules/a/Dockerfile": "FROM a\n", "env/pyvenv.cfg": "", "env/Dockerfile": "FROM a\n" };
    const { path, root } = project({ ...files, "Dockerfile.dockerignore": "FROM a\n" });

    expect(() => initStack({ folder: path, root })).toThrow("has no Dockerfile;");
  });

  it("gives up on a folder with more files than a project has", () => {
    const { path, root } = project({ ...dockerfile, a: "", b: "", c: "" });
    const limits = { depth: 12, entries: 3 };

    expect(() => initStack({ folder: path, root, limits })).toThrow(
      `the folder must hold one project, got more than 3 files in ${path}`,
    );
    expect(initStack({ folder: path, root, limits: { depth: 12, entries: 4 } }).dockerfile).toBe("Dockerfile");
  });

  it("overwrites no stack file", () => {
    const folder = project(dockerfile);
    writeFileSync(join(folder.root, "Pulumi.shop.yaml"), "config: {}\n");

    expect(() => folder.init()).toThrow("Pulumi.shop.yaml exists already and is not overwritten; remove it, or choose");
    expect(folder.init("shop-two").stack).toBe("shop-two");
  });

  it("makes no second stack of what another one deploys", () => {
    const folder = project({ ...dockerfile, "api/Dockerfile": "FROM debian\nCMD serve $PORT\n" });
    const build = "config:\n  skechwime:build: {context: ../shop, dockerfile: ./Dockerfile}\n";
    writeFileSync(join(folder.root, "Pulumi.first.yaml"), build);

    expect(() => folder.init()).toThrow(
      `${folder.path} is deployed already by Pulumi.first.yaml; run npm start -- --stack first, or copy that file`,
    );
    expect(initStack({ folder: join(folder.path, "api"), root: folder.root }).stack).toBe("api");
  });

  it("takes the folder of the project's own app for deployed, as its stack files leave the build to Pulumi.yaml", () => {
    const root = join(__dirname, "../..");
    expect(() => initStack({ folder: join(root, "app"), root })).toThrow(
      /is deployed already by Pulumi\.(dev|local|prod)\.yaml/,
    );
  });

  it.each([
    ["My Shop_2", "my-shop-2"],
    ["docker-django-example", "docker-django"],
    ["2024", "app"],
  ])("names the stack of the folder %s so that an app's name fits", (name, stack) => {
    expect(project(dockerfile, name).init().stack).toBe(stack);
  });

  it("refuses a stack's name that makes no app name", () => {
    const folder = project(dockerfile);
    expect(() => folder.init("My_Stack")).toThrow(
      "lower-case letters, digits and dashes, got My_Stack; choose another with --stack",
    );
  });

  it("writes nothing by itself", () => {
    const folder = project(dockerfile);
    const { path } = folder.init();
    expect(existsSync(path)).toBe(false);
    expect(readdirSync(folder.path)).toEqual(["Dockerfile"]);
  });
});
