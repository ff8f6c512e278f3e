#!/bin/sh
# Runs PostgreSQL on 5432 and Valkey on 6379 of loopback, both with TLS only, and prints "ready". Nothing is kept.
set -eu
data=$(mktemp -d)
chmod 711 "$data"
cd "$data"
openssl req -x509 -nodes -days 2 -subj /CN=self-signed -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 \
  -keyout key.pem -out cert.pem 2>/dev/null
install -o postgres -m 600 key.pem postgres-key.pem

valkey-server --save '' --bind 127.0.0.1 --port 0 --tls-port 6379 --tls-cert-file cert.pem --tls-key-file key.pem \
  --tls-auth-clients no --requirepass test --loglevel warning &

install -d -o postgres -m 700 pg run
echo test >password
as_postgres() { setpriv --reuid postgres --regid postgres --init-groups "$@"; }
as_postgres /usr/lib/postgresql/17/bin/initdb -D pg -U test -A scram-sha-256 --pwfile password --no-sync >/dev/null
echo 'hostssl all all 127.0.0.1/32 scram-sha-256' >pg/pg_hba.conf
as_postgres /usr/lib/postgresql/17/bin/postgres -D pg -c unix_socket_directories='' -c listen_addresses=127.0.0.1 \
  -c ssl=on -c ssl_cert_file="$data/cert.pem" -c ssl_key_file="$data/postgres-key.pem" \
  -c fsync=off -c timezone=UTC -c log_min_messages=fatal -c max_connections=20 &

until REDISCLI_AUTH=test valkey-cli --tls --insecure ping 2>/dev/null | grep -q PONG; do sleep 0.1; done
until PGSSLMODE=require /usr/lib/postgresql/17/bin/pg_isready -q -h 127.0.0.1; do sleep 0.1; done
echo ready
wait
