import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const dockerfile = `FROM debian:trixie-slim AS site
COPY serve.pl /
USER 10001:10001
CMD ["perl", "/serve.pl"]
FROM site AS migrate
COPY verdict /
CMD ["sh", "-c", "echo migrating the other app; test \${HEROKU_RELEASE_VERSION:-none} != none || exit 0; exit $(cat /verdict)"]
`;
const server = (answer: string) => `use IO::Socket::INET;
$SIG{TERM} = sub { exit 0 };
my $server = IO::Socket::INET->new(LocalPort => $ENV{PORT}, Listen => 16, ReuseAddr => 1) or die;
while (my $client = $server->accept) {
  my $asked = <$client>;
  while (my $line = <$client>) { last if $line =~ /^\\r?\\n$/ }
  my $health = qq({"release": "$ENV{HEROKU_RELEASE_VERSION}", "dyno": "$ENV{DYNO}"});
  my $body = $asked =~ m{ /ok } ? $health : "${answer}";
  print $client "HTTP/1.1 200 OK\\r\\nContent-Length: " . length($body) . "\\r\\nConnection: close\\r\\n\\r\\n$body";
  close $client;
}
`;

/** The stack configuration that deploys it: nothing but the stack file differs from skechwime's. */
export const otherAppConfig = {
  "skechwime:build": { context: "./other", dockerfile: "Dockerfile" },
  "skechwime:processTypes": { web: { target: "site", size: "basic", quantity: 1 }, release: { target: "migrate" } },
  "skechwime:healthPath": "/ok",
  "skechwime:healthCheck": {},
  "skechwime:preflight": {},
};

/**
 * Writes another app than skechwime into a project folder, with stages, process types and a health path of its own.
 * Its release phase exits with `verdict` on Heroku, and with 0 in the preflight, which would refuse it. Its pages except the
 * health route say `answer`.
 */
export function writeOtherApp(folder: string, verdict = "0", answer = "ok"): void {
  mkdirSync(join(folder, "other"), { recursive: true });
  for (const [name, text] of Object.entries({ Dockerfile: dockerfile, "serve.pl": server(answer), verdict })) {
    writeFileSync(join(folder, "other", name), text);
  }
}
