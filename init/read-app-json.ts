import { type Found, placeOfWord } from "./found";
import type { ProjectFiles } from "./project-files";
import { readJson, textOf, treeOf } from "./read-yaml";

/** What app.json says of config vars. */
export interface AppVariable extends Found<string | undefined> {
  name: string;
  isGenerated: boolean;
  isRequired: boolean;
  description: string | undefined;
}

export interface AppJson {
  addons: Found<string>[];
  variables: AppVariable[];
  /** Size and quantity of process types. */
  formation: Map<string, Found<{ size: string | undefined; quantity: number | undefined }>>;
  /** Command that runs once after the first deployment. */
  postdeploy: Found<string> | undefined;
}

export function readAppJson(files: ProjectFiles): AppJson | undefined {
  const path = "app.json";
  if (!files.has(path)) return undefined;
  const text = files.read(path);
  const tree = readJson(text);
  // Expo and others have an app.json too; theirs has none of these.
  const at = (word: string) => placeOfWord(path, text, `"${word}"`);
  const postdeploy = textOf(treeOf(tree.scripts).postdeploy);
  return {
    addons: (Array.isArray(tree.addons) ? tree.addons : []).flatMap((addon) => {
      const plan = textOf(addon) ?? textOf(treeOf(addon).plan);
      return plan === undefined ? [] : [{ value: plan, at: at(plan) }];
    }),
    variables: Object.entries(treeOf(tree.env)).map(([name, value]) => ({
      name,
      value: textOf(value) ?? textOf(treeOf(value).value),
      at: at(name),
      isGenerated: treeOf(value).generator === "secret",
      isRequired: treeOf(value).required !== false,
      description: textOf(treeOf(value).description),
    })),
    formation: new Map(
      Object.entries(treeOf(tree.formation)).map(([type, value]) => {
        const { size, quantity } = treeOf(value);
        const scale = {
          size: textOf(size)?.toLowerCase(),
          quantity: typeof quantity === "number" ? quantity : undefined,
        };
        return [type, { value: scale, at: at(type) }];
      }),
    ),
    postdeploy: postdeploy === undefined ? undefined : { value: postdeploy, at: at("postdeploy") },
  };
}
