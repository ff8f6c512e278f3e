#!/usr/bin/env bash
# Builds the app's image, tests it against PostgreSQL and Valkey with TLS, and removes its containers again.
# Needs Docker and debian:trixie-slim. Arguments go to pytest.
# REPORT: a file for pytest's report as JUnit XML.
# SERVICES_IMAGE: an image that has postgresql-17, valkey-server and openssl; without it one is built.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

services=skechwime-test-services-$$
tests=skechwime-test-$$
trap 'docker rm --force --volumes "$tests" "$services" >/dev/null 2>&1 || true' EXIT

docker build --quiet --target test --tag skechwime-test .
if [ -z "${SERVICES_IMAGE:-}" ]; then
  SERVICES_IMAGE=skechwime-test-services
  docker build --quiet --tag "$SERVICES_IMAGE" tests/services
fi

# The services have no network but loopback, which the tests share.
docker run --detach --name "$services" --network none --user 0:0 --entrypoint sh "$SERVICES_IMAGE" \
  -c "$(cat tests/services/start.sh)" >/dev/null
for _ in $(seq 300); do
  docker logs "$services" 2>/dev/null | grep -qx ready && break
  sleep 0.2
done
docker logs "$services" 2>/dev/null | grep -qx ready || {
  docker logs "$services"
  echo "the services did not get ready within a minute"
  exit 1
}

docker create --name "$tests" --network "container:$services" \
  --env SECRET_KEY=only-for-tests-0123456789-abcdefghijklmnopqrstuvwxyz-ABC \
  --env DATABASE_URL=postgres://test:test@127.0.0.1:5432/postgres \
  --env REDIS_URL=rediss://:test@127.0.0.1:6379 \
  --env ALLOWED_HOSTS=skechwime.test --env HTTPS_ONLY=false \
  skechwime-test sh -c 'ruff check --no-cache . && ruff format --no-cache --check . && exec pytest --junitxml=/tmp/report.xml "$@"' pytest "$@" >/dev/null
for path in pyproject.toml tests; do docker cp "$path" "$tests:/app/" >/dev/null; done
code=0
docker start --attach "$tests" || code=$?
if [ -n "${REPORT:-}" ]; then docker cp "$tests:/tmp/report.xml" "$REPORT" >/dev/null; fi
exit "$code"
