import { Readable } from "node:stream";
import Dockerode from "dockerode";
import { pack } from "tar-stream";
import { completion } from "../../../emulator/docker/completion";

/**
 * A web server in Perl, which the base image has. It returns the request and its environment; `/exit/<code>` ends it,
 * `/memory/<MB>` makes it use memory.
 */
const SERVER = String.raw`
use strict; use IO::Socket::INET;
$| = 1;
$SIG{TERM} = $ENV{STUBBORN} ? 'IGNORE' : sub { print "terminating\n"; exit 0 };
print "booting as $> on $ENV{DYNO}\n";
sleep $ENV{BOOT_SECONDS} if $ENV{BOOT_SECONDS};
my $server = IO::Socket::INET->new(Listen => 50, LocalAddr => $ENV{BIND} || '0.0.0.0', LocalPort => $ENV{PORT}, ReuseAddr => 1) or die "bind: $!";
my @ballast;
while (1) {
  my $client = $server->accept or next;
  my $head = '';
  while (defined(my $line = <$client>)) { last if $line =~ /^\r?\n$/; $head .= $line }
  exit $1 if $head =~ m{^GET /exit/(\d+)};
  push @ballast, 'x' x ($1 * 1024 * 1024) if $head =~ m{^GET /memory/(\d+)};
  my $body = $head . join('', map { "ENV $_=$ENV{$_}\n" } sort keys %ENV);
  print $client "HTTP/1.1 200 OK\r\nContent-Length: " . length($body) . "\r\nConnection: close\r\n\r\n$body";
  close $client;
}
`;

const docker = new Dockerode();

/** Only Perl, a shell and their libraries: a push takes a second instead of half a minute. */
const SMALL_BASE = [
  "FROM debian:trixie-slim AS base",
  "RUN mkdir /small && cp --parents -L /bin/sh /bin/sleep /usr/bin/perl \\",
  "    $(ldd /usr/bin/perl /bin/sh /bin/sleep | grep -o '/[^ :)]*\\.so[^ )]*') /small \\",
  " && cp --parents -r /usr/lib/x86_64-linux-gnu/perl-base /small",
  "FROM scratch",
  "COPY --from=base /small /",
];

/** Builds a small image with more instructions; returns its id. The server's source is `server.pl`. */
export async function buildImage(tag: string, ...instructions: string[]): Promise<string> {
  const context = pack();
  context.entry({ name: "Dockerfile" }, [...SMALL_BASE, ...instructions].join("\n"));
  context.entry({ name: "server.pl" }, SERVER);
  context.finalize();
  const output = await docker.buildImage(Readable.from(context), { t: tag });
  await completion(docker, output);
  const { Id } = await docker.getImage(tag).inspect();
  return Id;
}

/** Builds the image of a web process; `environment` makes it different from others. */
export function buildWebImage(tag: string, environment: Record<string, string> = {}): Promise<string> {
  const variables = Object.entries({ KIND: "web", ...environment }).map(([name, value]) => `ENV ${name}=${value}`);
  return buildImage(tag, "COPY server.pl /", ...variables, 'CMD ["perl", "/server.pl"]');
}

/** Pushes a tag like Docker. */
export async function push(tag: string, password: string): Promise<void> {
  const serveraddress = tag.split("/")[0] ?? "";
  const output = await docker.getImage(tag).push({ authconfig: { username: "_", password, serveraddress } });
  await completion(docker, output);
}

/** Pulls a reference like Docker. */
export async function pull(reference: string, password: string): Promise<void> {
  const serveraddress = reference.split("/")[0] ?? "";
  const output = await docker.pull(reference, { authconfig: { username: "_", password, serveraddress } });
  await completion(docker, output);
}

/** Removes tags that a test made. */
export async function removeImages(...tags: string[]): Promise<void> {
  await Promise.all(
    tags.map((tag) =>
      docker
        .getImage(tag)
        .remove({ force: true })
        .catch(() => {}),
    ),
  );
}
