# shellcheck shell=bash
# The throw-away servers of a test, demo or benchmark run, and what the run is told about them.

ROWAN_RUN_DIR=
STARTED_ENGINES=()

# use_run_dir: makes the temporary directory of this run; it goes when the script ends.
use_run_dir() {
  [ -z "$ROWAN_RUN_DIR" ] || return 0
  on_exit remove_run_dir
  on_exit stop_servers
  ROWAN_RUN_DIR=$(make_run_dir)
}

remove_run_dir() { if [ -n "$ROWAN_RUN_DIR" ]; then rm -rf "$ROWAN_RUN_DIR"; fi; }

# start_servers postgres|mysql...
start_servers() {
  local engine
  for engine in "$@"; do
    case $engine in
      postgres) require postgres-server ;;
      mysql) require mariadb-server ;;
      *) fail "unknown server $engine" ;;
    esac
  done
  use_run_dir
  make_certificates "$ROWAN_RUN_DIR/tls"
  for engine in "$@"; do
    note "starting a throw-away $engine server"
    STARTED_ENGINES+=("$engine")
    "start_$engine"
  done
}

start_postgres() {
  local dir=$ROWAN_RUN_DIR/postgres
  postgres_init "$dir" || fail "initdb failed"
  start_on_free_port postgres_start "$dir" fast "$ROWAN_RUN_DIR/tls" || fail "PostgreSQL did not start"
  POSTGRES_PORT=$STARTED_PORT
  POSTGRES_URL=postgres://rowan:rowan@127.0.0.1:$POSTGRES_PORT/rowan_test
}

start_mysql() {
  local dir=$ROWAN_RUN_DIR/mysql
  mysql_init "$dir" || fail "mariadb-install-db failed"
  start_on_free_port mysql_start "$dir" fast "$ROWAN_RUN_DIR/tls" || fail "MariaDB did not start"
  MYSQL_URL=mysql://rowan:rowan@127.0.0.1:$STARTED_PORT/rowan_test
}

stop_servers() {
  local engine dir
  if [ -f "$ROWAN_RUN_DIR/victims" ]; then
    while read -r dir; do
      if [ -d "$dir" ]; then kill_server "$dir"; fi
    done <"$ROWAN_RUN_DIR/victims"
  fi
  for engine in ${STARTED_ENGINES[@]+"${STARTED_ENGINES[@]}"}; do
    "${engine}_stop" "$ROWAN_RUN_DIR/$engine"
  done
}

# export_test_environment: tells the tests where the started servers are, and how to start servers of their own.
export_test_environment() {
  local engine
  use_run_dir
  mkdir -p "$ROWAN_RUN_DIR/scratch"
  # Tests keep the directories of their own servers here: short path, open to the server user, removed at the end.
  chmod 1777 "$ROWAN_RUN_DIR/scratch"
  : >"$ROWAN_RUN_DIR/victims"
  export ROWAN_TEST_SCRATCH=$ROWAN_RUN_DIR/scratch
  export ROWAN_TEST_VICTIM=$ROWAN_ROOT/Scripts/lib/victim.sh
  export ROWAN_TEST_VICTIMS=$ROWAN_RUN_DIR/victims
  ROWAN_TEST_SERVER_USER=$(server_user)
  export ROWAN_TEST_SERVER_USER
  if [ -f "$ROWAN_RUN_DIR/tls/ca.pem" ]; then
    export ROWAN_TEST_TLS_CA=$ROWAN_RUN_DIR/tls/ca.pem
    export ROWAN_TEST_TLS_OTHER_CA=$ROWAN_RUN_DIR/tls/other-ca.pem
  fi
  for engine in ${STARTED_ENGINES[@]+"${STARTED_ENGINES[@]}"}; do
    case $engine in
      postgres)
        export ROWAN_TEST_POSTGRES_URL=$POSTGRES_URL
        export ROWAN_TEST_POSTGRES_SOCKET=$ROWAN_RUN_DIR/postgres
        export ROWAN_TEST_POSTGRES_PORT=$POSTGRES_PORT
        ROWAN_TEST_POSTGRES_BIN=$(find_postgres_bin)
        export ROWAN_TEST_POSTGRES_BIN
        ;;
      mysql)
        export ROWAN_TEST_MYSQL_URL=$MYSQL_URL
        export ROWAN_TEST_MYSQL_SOCKET=$ROWAN_RUN_DIR/mysql/mysql.sock
        ROWAN_TEST_MYSQL_BIN=$(find_mariadbd)
        export ROWAN_TEST_MYSQL_BIN
        ;;
    esac
  done
}
