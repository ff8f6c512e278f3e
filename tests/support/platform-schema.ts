import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv, { type ValidateFunction } from "ajv";
import addFormats from "ajv-formats";

interface Link {
  readonly method: string;
  readonly href: string;
  readonly rel: string;
  readonly targetSchema?: object;
  /** Of the body that a client sends. */
  readonly schema?: { readonly properties?: object };
}
interface Definition {
  readonly links?: readonly Link[];
}
interface HyperSchema {
  readonly definitions: Readonly<Record<string, Definition>>;
}
interface Route {
  readonly name: string;
  readonly method: string;
  /** The path with the kinds of its ids: `/apps/{app}/addons/{add-on}`. */
  readonly href: string;
  readonly pattern: RegExp;
  /** What a client may send. */
  readonly fields: readonly string[];
  /** Compiled when first needed: there are some four hundred. */
  readonly validate: () => ValidateFunction;
}

const file = process.env.HEROKU_PLATFORM_SCHEMA ?? join(__dirname, "../../../shared/heroku-platform-api-schema.json");

/**
 * Where Local Heroku differs from the schema on purpose: apps are at `<app>.localhost:<port>`, and the
 * default account's address `dev@localhost` has no dot.
 */
const HEROKU_HOST = "\\\\.herokuapp\\\\.com/$";
const LOCAL_HOST = "\\\\.localhost:[0-9]+/$";
/** The schema calls a host name a URI, against its own example. */
const URI_HOSTNAME = /("example": "subdomain\.example\.com",\s*)"format": "uri",/;

/** The Platform API's own JSON schema, a file of others beside the project: what replies are held against. */
export class PlatformSchema {
  private readonly counts = { replies: 0, accepted: 0, links: new Set<string>() };

  private constructor(private readonly routes: readonly Route[]) {}

  /** Undefined where the file is not. */
  static load(): PlatformSchema | undefined {
    if (!existsSync(file)) return undefined;
    const text = readFileSync(file, "utf8").replaceAll(HEROKU_HOST, LOCAL_HOST).replace(URI_HOSTNAME, "$1");
    const schema: HyperSchema = JSON.parse(text);
    const ajv = new Ajv({ strict: false, allErrors: true, logger: false, unicodeRegExp: false });
    addFormats(ajv);
    ajv.addFormat("email", /^[^@\s]+@[^@\s]+$/);
    ajv.addSchema({ definitions: withoutIds(schema.definitions) }, "heroku");
    const routes = Object.entries(schema.definitions).flatMap(([kind, { links = [] }]) =>
      links.flatMap((link) => routeOf(ajv, kind, link) ?? []),
    );
    return new PlatformSchema(routes);
  }

  /** The fields that the schema lets a client send, to links of that method and path. */
  fields(method: string, href: string): string[] {
    return this.routes
      .filter((route) => route.method === method && route.href === href)
      .flatMap(({ fields }) => fields);
  }

  /** Everything that the schema lets a client do and that has a reply. */
  links(): readonly Pick<Route, "method" | "href">[] {
    return this.routes;
  }

  /** How many replies were held against how many of the links, and how many of those replies were accepted. */
  get coverage(): string {
    const { replies, accepted, links } = this.counts;
    const share = ((accepted / replies) * 100).toFixed(1);
    return `${accepted} of ${replies} replies accepted (${share} %), ${links.size} of ${this.routes.length} links covered`;
  }

  /** The faults of a reply; none when the schema has no such link. */
  check(method: string, path: string, body: unknown): string[] {
    const routes = this.routes.filter((route) => route.method === method && route.pattern.test(path));
    if (routes.length === 0) return [];
    this.counts.replies += 1;
    const faults = routes.map(({ name, validate: compiled }) => {
      const validate = compiled();
      if (validate(body)) return [];
      return (validate.errors ?? []).map(({ instancePath, message }) => `${name}: ${instancePath} ${message}`);
    });
    if (!faults.some((found) => found.length === 0)) return faults[0] ?? [];
    this.counts.accepted += 1;
    for (const [index, { name }] of routes.entries())
      if (faults[index]?.length === 0) this.counts.links.add(`${index} ${name}`);
    return [];
  }
}

function routeOf(ajv: Ajv, kind: string, link: Link): Route | undefined {
  if (link.rel === "empty") return undefined;
  const own = { $ref: `heroku#/definitions/${kind}` };
  const target = link.targetSchema ? rebased(link.targetSchema) : own;
  const schema = link.rel === "instances" && !link.targetSchema ? { type: "array", items: own } : target;
  const pattern = decodeURIComponent(link.href)
    .replaceAll(/\{[^}]*\}/g, "\0")
    .replaceAll(/[.*+?^$()|[\]\\]/g, "\\$&")
    .replaceAll("\0", "[^/]+");
  let compiled: ValidateFunction | undefined;
  const validate = () => {
    compiled ??= ajv.compile(schema);
    return compiled;
  };
  const href = decodeURIComponent(link.href).replaceAll(/\{\(#\/definitions\/([^/]+)[^}]*\)\}/g, "{$1}");
  const name = `${link.method} ${href}`;
  const fields = Object.keys(link.schema?.properties ?? {});
  return { name, method: link.method, href, fields, pattern: new RegExp(`^${pattern}$`), validate };
}

/** References within a schema taken out of the document point into the document. */
function rebased(schema: object): object {
  return JSON.parse(JSON.stringify(schema).replaceAll('"$ref":"#/', '"$ref":"heroku#/'));
}

/** Draft 4's `id` of a schema is not known to the validator, and nothing refers to it. */
function withoutIds(definitions: HyperSchema["definitions"]): object {
  return Object.fromEntries(
    Object.entries(definitions).map(([kind, definition]) => {
      const { id: _, ...rest } = { id: undefined, ...definition };
      return [kind, rest];
    }),
  );
}
