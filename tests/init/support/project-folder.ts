import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import yaml from "js-yaml";
import { initStack, type StackFile } from "../../../init";

const repository = join(__dirname, "../../..");

/** Somebody's project, beside a folder with stack files of this one. */
export class ProjectFolder {
  readonly path: string;
  readonly root: string;
  readonly #top = mkdtempSync(join(tmpdir(), "init-"));

  constructor(files: Record<string, string>, name = "shop") {
    this.path = join(this.#top, name);
    this.root = join(this.#top, "stacks");
    mkdirSync(this.path);
    mkdirSync(this.root);
    for (const file of ["Pulumi.yaml", "Pulumi.local.yaml"]) cpSync(join(repository, file), join(this.root, file));
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(this.path, path)), { recursive: true });
      writeFileSync(join(this.path, path), text);
    }
  }

  init(stack?: string): StackFile {
    return initStack({ folder: this.path, root: this.root, stack });
  }

  remove(): void {
    rmSync(this.#top, { recursive: true, force: true });
  }
}

/** What a stack file says below the project's own namespace, with the text itself and the list for the user. */
export function initialised(files: Record<string, string>): {
  config: Record<string, unknown>;
  text: string;
  todos: string;
} {
  const project = new ProjectFolder(files);
  try {
    const { text, todos } = project.init();
    const all = Object.entries(Object(Object(yaml.load(text)).config));
    const own = all.flatMap(([key, value]) => (key.startsWith("skechwime:") ? [[key.slice(10), value]] : []));
    return { config: Object.fromEntries(own), text, todos: todos.join("\n") };
  } finally {
    project.remove();
  }
}
