import type { ProjectFiles } from "./project-files";
import type { DeclaredType } from "./read-heroku-yml";

/** The process types of a Procfile, at the top or in a folder. */
export function readProcfile(files: ProjectFiles, folder = ""): DeclaredType[] {
  const path = [folder === "" ? "Procfile" : `${folder}/Procfile`, "Procfile"].find((name) => files.has(name));
  if (path === undefined) return [];
  return files
    .read(path)
    .split("\n")
    .flatMap((line, index) => {
      const [, type = "", command = ""] = /^([\w-]+):\s*(\S.*)$/.exec(line.trim()) ?? [];
      return type === "" ? [] : [{ type, value: command.trim(), at: `${path}:${index + 1}` }];
    });
}
