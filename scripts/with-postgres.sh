#!/usr/bin/env bash
# Runs a command beside a private, empty PostgreSQL: `with-postgres.sh cargo nextest run`. It gets TEST_DATABASE_URL; when
# that is set already, that server is used and none is started. Nothing is left behind, whatever happens to the command.
. "$(dirname "$0")/lib.sh"

if [ -n "${TEST_DATABASE_URL:-}" ]; then exec "$@"; fi

# The newest Debian has, or the one on PATH elsewhere.
bin=$(compgen -G '/usr/lib/postgresql/*/bin/initdb' | sort -V | tail -1 || true)
bin=${bin:-$(command -v initdb || true)}
[ -n "$bin" ] || die "PostgreSQL is missing: install it, or set TEST_DATABASE_URL."
bin=$(dirname "$bin")

# It refuses to run as root.
as_owner=()
dir=$(mktemp -d /tmp/sangeyi-pg.XXXXXX) # short: a socket's path has at most 107 bytes
if [ "$(id -u)" = 0 ]; then
  chown postgres "$dir"
  as_owner=(runuser -u postgres --)
fi

stop() {
  status=$?
  trap '' INT TERM HUP
  (cd "$dir" && ${as_owner[@]+"${as_owner[@]}"} "$bin/pg_ctl" -D "$dir/data" -m immediate stop >/dev/null 2>&1) || true
  rm -rf "$dir"
  exit "$status"
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

port=$(node scripts/free-port.mjs)
# Trust and no fsync: it holds nothing but tests, for minutes. Every test is a process with connections of its own.
settings="-c listen_addresses=127.0.0.1 -c port=$port -c unix_socket_directories=$dir -c max_connections=300"
settings="$settings -c fsync=off -c synchronous_commit=off -c full_page_writes=off"

start() {
  cd "$dir" &&
    ${as_owner[@]+"${as_owner[@]}"} "$bin/initdb" -D "$dir/data" -U postgres --auth=trust --encoding=UTF8 --locale=C --no-sync &&
    { ${as_owner[@]+"${as_owner[@]}"} "$bin/pg_ctl" -D "$dir/data" -l "$dir/log" -o "$settings" -w start || { cat "$dir/log"; false; }; }
}

(step "PostgreSQL on port $port" start) || die "PostgreSQL did not start."
export TEST_DATABASE_URL="postgres://postgres@127.0.0.1:$port/postgres"
"$@"
