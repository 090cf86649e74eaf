#!/usr/bin/env bash
# Brings what npm cannot: MariaDB and PgBouncer from Debian, and MySQL with the newest PostgreSQL client from a Debian-unstable chroot.
# Needs root and apt-get; elsewhere it says so and the tests run without. Prints nothing but what the tests need to know:
# lines NAME=VALUE. Everything else goes to standard error.
set -uo pipefail
chroot="${YAMA_MYSQL_CHROOT:-/var/tmp/yama-mysql}"
export DEBIAN_FRONTEND=noninteractive

if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
  echo 'MariaDB, MySQL and PgBouncer are not installed here: that needs root and apt-get' >&2
  exit 0
fi

missing=()
command -v mariadbd >/dev/null || [ -x /usr/sbin/mariadbd ] || missing+=(mariadb-server)
command -v pgbouncer >/dev/null || [ -x /usr/sbin/pgbouncer ] || missing+=(pgbouncer)
command -v debootstrap >/dev/null || [ -x /usr/sbin/debootstrap ] || missing+=(debootstrap)
if [ "${#missing[@]}" -gt 0 ]; then
  { apt-get update -qq && apt-get install -y -qq --no-install-recommends "${missing[@]}"; } >&2 </dev/null ||
    echo "apt-get could not install ${missing[*]}" >&2
fi

if [ ! -x "$chroot/usr/sbin/mysqld" ] || [ ! -x "$chroot/usr/bin/pg_dump" ]; then
  rm -rf "$chroot"
  debootstrap --variant=minbase --include=mysql-server-core,postgresql-client sid "$chroot" >&2 </dev/null ||
    echo 'debootstrap could not make the chroot of Debian unstable' >&2
fi
[ -x "$chroot/usr/sbin/mysqld" ] && echo "YAMA_MYSQL_CHROOT=$chroot"

# `pg_dump` must be at least as new as the server that it reads.
if [ -x "$chroot/usr/bin/pg_dump" ]; then
  bin="$chroot/srv/bin"
  mkdir -p "$bin"
  for name in pg_dump psql; do
    printf '#!/bin/sh\nexec chroot %s /usr/bin/%s "$@"\n' "$chroot" "$name" >"$bin/$name"
    chmod 755 "$bin/$name"
  done
  echo "YAMA_NEWEST_POSTGRES_CLIENT=$bin"
fi
exit 0
