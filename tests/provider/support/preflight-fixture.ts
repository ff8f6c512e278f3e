import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Docker from "dockerode";
import type { ImageOrder } from "../../../provider/docker/preflight/built-image";
import { type PreflightOrder, preflight } from "../../../provider/docker/preflight/preflight";
import { TRIAL_LABEL } from "../../../provider/docker/preflight/trial";

/** A web server whose answer to /health, and what it does before, its environment decides. */
const server = String.raw`use strict; use IO::Socket::INET; $| = 1; my @open;
if ($ENV{WRITES}) { open(my $file, '>', $ENV{WRITES}) or die "cannot write $ENV{WRITES}: $!\n" }
if ($ENV{MEMORY}) { my $ballast = 'x' x ($ENV{MEMORY} * 1024 * 1024); print length $ballast, "\n" }
my $port = $ENV{MUTE} ? 1024 : $ENV{PORT};
print "serving as $>:", $) + 0, " with SECRET_KEY of ", length($ENV{SECRET_KEY} // ''), "\n";
my $server = IO::Socket::INET->new(Listen => 5, LocalPort => $port, ReuseAddr => 1) or die "bind: $!";
while (my $client = $server->accept) {
  my $head = '';
  while (my $line = <$client>) { last if $line =~ /^\r?\n$/; $head .= $line }
  if ($ENV{SILENT}) { push @open, $client; next }
  my $status = $head =~ m{^GET /health } ? $ENV{STATUS} // '200 OK' : '404 Not Found';
  print $client "HTTP/1.1 $status\r\nConnection: close\r\n\r\n", $ENV{BODY} // "ok", "\n", $head;
  close $client;
}
`;
/** Builds an image of that web server in two stages. */
export const DOCKERFILE = `FROM debian:trixie-slim AS site
COPY serve.pl /
USER 10001:10001
FROM site AS web
CMD ["perl", "/serve.pl"]
`;

/** Preflights of images that are built of one Dockerfile and that web server. */
export class PreflightFixture {
  readonly warnings: string[] = [];
  readonly operation = {
    signal: new AbortController().signal,
    progress: () => {},
    tell: async (message: string) => void this.warnings.push(message),
  };
  private readonly folders: string[] = [];

  /** An app whose process types are built from one Dockerfile, each with its target: {web: undefined} by default. */
  order(
    dockerfile: string,
    more: Partial<PreflightOrder> = {},
    types: Record<string, string | undefined> = { web: undefined },
  ): PreflightOrder {
    const context = mkdtempSync(join(tmpdir(), "preflight-"));
    this.folders.push(context);
    writeFileSync(join(context, "serve.pl"), server);
    writeFileSync(join(context, "Dockerfile"), dockerfile);
    const image = { context, dockerfile: "Dockerfile", shownAs: "app/Dockerfile", memoryLimit: 64 };
    const images = Object.entries(types).map(([type, target]): [string, ImageOrder] => {
      return [type, { ...image, ...(target === undefined ? {} : { target }) }];
    });
    return {
      images: Object.fromEntries(images),
      services: { postgres: [], redis: [] },
      health: { path: "/health", status: 200, headers: {} },
      settleTime: 1_000,
      sizeLimit: 1_000,
      environment: {},
      placeholders: ["SECRET_KEY"],
      skip: [],
      ...more,
    };
  }

  /** Why the app is refused; empty if it is not. */
  refusal(
    dockerfile: string,
    more: Partial<PreflightOrder> = {},
    types?: Record<string, string | undefined>,
    timeout = 20_000,
  ): Promise<string> {
    return preflight(this.order(dockerfile, more, types), this.operation, timeout).then(
      () => "",
      (error: Error) => error.message,
    );
  }

  /** Removes the folders. Returns the containers of trials that are left, which must be none. */
  async close() {
    for (const folder of this.folders) rmSync(folder, { recursive: true });
    const filters = { label: [TRIAL_LABEL] };
    const left = await new Docker().listContainers({ all: true, filters });
    return left.filter(({ Command }) => Command.includes("serve.pl"));
  }
}
