import { type Choice, chooseDockerfile } from "./choose-dockerfile";
import { type EntryPoint, entryPointOf } from "./entry-point";
import type { ProjectFiles } from "./project-files";
import { type AppJson, readAppJson } from "./read-app-json";
import { type ComposeService, readCompose } from "./read-compose";
import { type Django, readDjango } from "./read-django";
import { type Image, imageOf } from "./read-dockerfile";
import { type DeclaredType, type HerokuYml, readHerokuYml } from "./read-heroku-yml";
import { type PackageJson, type Packages, readPackageJson, readPythonPackages } from "./read-packages";
import { readProcfile } from "./read-procfile";
import { databaseParts, readSettingsVariables, type SettingsVariable } from "./read-settings";

/** Everything that was read of a project. */
export interface Facts {
  files: ProjectFiles;
  choice: Choice;
  image: Image;
  entryPoint: EntryPoint;
  heroku: HerokuYml | undefined;
  procfile: DeclaredType[];
  services: ComposeService[];
  appJson: AppJson | undefined;
  python: Packages;
  node: PackageJson | undefined;
  django: Django | undefined;
  variables: SettingsVariable[];
  /** Which variable holds which part of the database's address. */
  databaseParts: Map<string, string>;
}

/** Reads a project. Nothing of it is run or imported. */
export function readFacts(files: ProjectFiles): Facts {
  const heroku = readHerokuYml(files);
  const services = readCompose(files);
  const choice = chooseDockerfile(files, heroku, services);
  const image = imageOf(choice.dockerfile, choice.target);
  const isPython =
    /python|django|uv|conda|pypy/i.test(image.base) ||
    image.runs.some((run) => /\b(pip3?|uv|poetry|pipenv)\b/.test(run));
  const django = isPython ? readDjango(files, choice.context) : undefined;
  const paths = django?.settingsFiles ?? [];
  return {
    files,
    choice,
    image,
    entryPoint: entryPointOf(image, choice.context, files),
    heroku,
    procfile: readProcfile(files, choice.context),
    services,
    appJson: readAppJson(files),
    python: readPythonPackages(files, choice.context),
    node: readPackageJson(files, choice.context),
    django,
    variables: readSettingsVariables(files, paths),
    databaseParts: databaseParts(files, paths),
  };
}

/** Whether the image is of a Python program, as its packages tell. */
export const usesRedisFromPython = ({ python }: Facts): boolean =>
  python.find("redis", "celery", "django-redis", "channels-redis", "django-rq", "rq", "huey", "dramatiq", "kombu") !==
  undefined;

/** The text of gunicorn's configuration files. */
export const gunicornConfig = ({ files }: Facts): string =>
  files.paths
    .filter((path) => /gunicorn[\w.-]*\.(py|conf)$/.test(path))
    .map((path) => files.read(path))
    .join("\n");
