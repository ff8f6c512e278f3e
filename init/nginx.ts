import type { Facts } from "./facts";

/**
 * Starts nginx as a dyno can: on $PORT, and with everything that it writes below /tmp, since the image's own folders belong
 * to root. The image's configuration is changed while it starts; the image stays the same.
 */
export const NGINX_ON_PORT = [
  "mkdir -p /tmp/nginx && cd /tmp/nginx",
  'cat /etc/nginx/conf.d/*.conf /etc/nginx/sites-enabled/* 2>/dev/null | sed -E "s/^( *listen +([^ ;]*:)?)[0-9]+/\\1$PORT/" > site.conf',
  'sed -E "s/^( *listen +([^ ;]*:)?)[0-9]+/\\1$PORT/; /^ *(user|pid|error_log) /d; /sites-enabled/d; s#^( *include +)([^/])#\\1/etc/nginx/\\2#; ' +
    "s#/etc/nginx/conf.d/[*].conf#/tmp/nginx/site.conf#; s#access_log +/var/log[^ ;]*#access_log /dev/stdout#; " +
    's#^ *http *[{]#&client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi; uwsgi_temp_path uwsgi; scgi_temp_path scgi;#" ' +
    "/etc/nginx/nginx.conf > nginx.conf",
  'exec nginx -p /tmp/nginx -c /tmp/nginx/nginx.conf -e /dev/stderr -g "pid nginx.pid; error_log /dev/stderr; daemon off;"',
].join(" && ");

/** Whether the image is nginx's, or starts nginx as its only command. */
export const isNginx = ({ image }: Facts): boolean => {
  const line = image.command?.value ?? "";
  return /(^|\/)nginx(-unprivileged)?(:|@|$)/.test(image.base) && line === ""
    ? true
    : /^(exec )?(\/usr\/sbin\/)?nginx\b/.test(line);
};

/** Whether nginx already listens on PORT, by a template of the official image or a start script. */
export function nginxReadsPort({ files, image, choice }: Facts): boolean {
  const copied = image.copies.filter(({ to }) => to.startsWith("/etc/nginx"));
  const folder = choice.context === "" ? "" : `${choice.context}/`;
  return copied.some(({ from }) =>
    files.paths.some(
      (path) => path.startsWith(`${folder}${from}`) && /listen\s+(\[::\]:)?\$\{?PORT\b/.test(files.read(path)),
    ),
  );
}
