# shellcheck shell=bash
# A private MariaDB server: administrator `rowan`, password `rowan`, database `rowan_test`.

MARIADB_SIZES=(--innodb-buffer-pool-size=64M --innodb-log-file-size=32M --performance-schema=OFF)

# mysql_init DIR
mysql_init() {
  local dir=$1
  mkdir -p "$dir/tmp"
  # Run once, by the first start, before the server accepts anyone.
  cat >"$dir/init.sql" <<'SQL'
DELETE FROM mysql.global_priv WHERE User IN ('', 'root');
FLUSH PRIVILEGES;
CREATE DATABASE rowan_test CHARACTER SET utf8mb4;
CREATE USER rowan@'%' IDENTIFIED BY 'rowan';
CREATE USER rowan@localhost IDENTIFIED BY 'rowan';
GRANT ALL PRIVILEGES ON *.* TO rowan@'%' WITH GRANT OPTION;
GRANT ALL PRIVILEGES ON *.* TO rowan@localhost WITH GRANT OPTION;
SQL
  give_to_server_user "$dir"
  chmod 700 "$dir"
  as_server_user "$(find_mariadb_install)" --no-defaults --datadir="$dir/data" --tmpdir="$dir/tmp" \
    --auth-root-authentication-method=normal --skip-test-db --skip-name-resolve --skip-log-bin \
    "${MARIADB_SIZES[@]}" >"$dir/init.log" 2>&1 || {
    show_log "$dir"
    return 1
  }
}

mysql_is_ready() { grep -q 'ready for connections' "$1/server.log"; }

# mysql_start DIR PORT fast|durable [CERTIFICATES]: `durable` keeps what was committed when the process is killed.
mysql_start() {
  local dir=$1 port=$2 mode=$3 certificates=${4:-} socket=$1/mysql.sock
  [ "${#socket}" -le 95 ] || socket=$(basename "$socket")
  local options=(
    --datadir="$dir/data" --tmpdir="$dir/tmp" --socket="$socket" --pid-file="$dir/mysql.pid"
    --bind-address=127.0.0.1 --port="$port" --skip-name-resolve --max-connections=500 --connect-timeout=60
    --character-set-server=utf8mb4 --skip-log-bin --sync-binlog=0 "${MARIADB_SIZES[@]}"
  )
  if [ "$mode" = fast ]; then
    options+=(--innodb-flush-log-at-trx-commit=0 --innodb-doublewrite=0 --innodb-flush-method=nosync)
  else
    options+=(--innodb-flush-log-at-trx-commit=2)
  fi
  if [ -f "$dir/init.sql" ]; then options+=(--init-file="$dir/init.sql"); fi
  if [ -f "$certificates/server.pem" ]; then
    install_key "$certificates/server.key" "$dir/server.key"
    options+=(--ssl-ca="$certificates/ca.pem" --ssl-cert="$certificates/server.pem" --ssl-key="$dir/server.key")
  fi
  launch "$dir" "$(find_mariadbd)" --no-defaults "${options[@]}"
  wait_for_server "$dir" mysql_is_ready 90 || return 1
  rm -f "$dir/init.sql"
}

mysql_stop() { stop_server "$1" TERM; }
