# shellcheck shell=bash
# A private PostgreSQL server: superuser `rowan`, password `rowan`, database `rowan_test`.

# postgres_init DIR
postgres_init() {
  local dir=$1 bin locale=C
  bin=$(find_postgres_bin)
  if locale -a 2>/dev/null | grep -qiE '^C\.UTF-?8$'; then locale=C.UTF-8; fi
  mkdir -p "$dir"
  give_to_server_user "$dir"
  chmod 700 "$dir"
  # shellcheck disable=SC2016 # expanded by the inner shell
  as_server_user sh -c '
    set -e
    umask 077
    echo rowan >"$1/password"
    "$2/initdb" --pgdata="$1/data" --username=rowan --pwfile="$1/password" --auth=scram-sha-256 \
      --encoding=UTF8 --locale="$3" --no-sync
    rm "$1/password"
    echo "CREATE DATABASE rowan_test" | "$2/postgres" --single -F -D "$1/data" postgres
  ' sh "$dir" "$bin" "$locale" >"$dir/init.log" 2>&1 || {
    show_log "$dir"
    return 1
  }
}

postgres_is_ready() {
  local lock
  lock=$(cat "$1/data/postmaster.pid" 2>/dev/null) || return 1
  case $lock in "$2"$'\n'*$'\n'ready*) return 0 ;; *) return 1 ;; esac
}

# postgres_start DIR PORT fast|durable [CERTIFICATES]: `durable` keeps what was committed when the process is killed.
postgres_start() {
  local dir=$1 port=$2 mode=$3 certificates=${4:-} sockets=$1
  [ "${#dir}" -le 80 ] || sockets=
  local options=(
    -c "listen_addresses=127.0.0.1" -c "unix_socket_directories=$sockets" -c max_connections=500
    -c fsync=off -c full_page_writes=off -c wal_level=minimal -c max_wal_senders=0
    -c shared_buffers=64MB -c max_wal_size=1GB -c logging_collector=off -c log_destination=stderr
  )
  if [ "$mode" = fast ]; then options+=(-c synchronous_commit=off); fi
  if [ -f "$certificates/server.pem" ]; then
    options+=(-c ssl=on -c "ssl_cert_file=$certificates/server.pem" -c "ssl_key_file=$dir/server.key")
    install_key "$certificates/server.key" "$dir/server.key"
  fi
  launch "$dir" "$(find_postgres_bin)/postgres" -D "$dir/data" -p "$port" "${options[@]}"
  wait_for_server "$dir" postgres_is_ready 60
}

postgres_stop() { stop_server "$1" INT; }

# install_key SOURCE TARGET: servers only accept a private key that is theirs alone.
install_key() {
  cp "$1" "$2"
  chmod 600 "$2"
  give_to_server_user "$2"
}
