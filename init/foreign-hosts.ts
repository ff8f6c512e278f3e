import type { Facts } from "./facts";
import { placeOf } from "./found";

/** Places where a program connects to a compose service by its name, which means nothing on Heroku. */
export function foreignHostTodos({ files, services, choice, django }: Facts): string[] {
  const data = services.filter(({ image, name }) =>
    /postgres|postgis|redis|valkey|mysql|mariadb|rabbitmq|mongo|memcached/i.test(image ?? name),
  );
  const names = [...new Set(data.map(({ name }) => name))].filter((name) => /^[\w-]+$/.test(name));
  if (names.length === 0 || django !== undefined) return [];
  const host = new RegExp(
    `(?:\\bhost(?:name)?["']?\\s*[=:]\\s*["'\`]|@|redis://)(${names.join("|")})(?:["'\`:/])`,
    "i",
  );
  const folder = choice.context === "" ? "" : `${choice.context}/`;
  return files.paths
    .filter((path) => path.startsWith(folder) && /\.(py|m?[jt]s|cjs|go|rb|php|java|cs|rs)$/.test(path))
    .flatMap((path) => {
      const text = files.read(path);
      const match = host.exec(text);
      if (match === null) return [];
      return [
        `${placeOf(path, text, match.index)} connects to the host ${match[1]}, which only compose knows: read DATABASE_URL or REDIS_URL`,
      ];
    })
    .slice(0, 3);
}
