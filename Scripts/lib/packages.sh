# shellcheck shell=bash
# What Rowan needs from the system, found or installed: the C clients, pkg-config, and the database servers.

# A requirement is one of: pkg-config sqlite-client postgres-client mariadb-client postgres-server mariadb-server.

homebrew_paths() {
  local formula prefix
  is_macos && have brew || return 0
  prefix=$(brew --prefix)
  for formula in sqlite libpq mariadb-connector-c; do
    PKG_CONFIG_PATH="$prefix/opt/$formula/lib/pkgconfig${PKG_CONFIG_PATH:+:$PKG_CONFIG_PATH}"
  done
  export PKG_CONFIG_PATH
}

# The directory of the newest PostgreSQL server, or nothing. Of two with the same version the later one listed wins:
# what PATH finds may be links to some of the programs only.
find_postgres_bin() {
  local candidate brewed=/nonexistent
  {
    if have initdb; then dirname "$(command -v initdb)"; fi
    if have pg_config; then pg_config --bindir; fi
    if have brew; then brewed=$(brew --prefix)/opt; fi
    printf '%s\n' /usr/lib/postgresql/*/bin /usr/pgsql-*/bin "$brewed"/postgresql*/bin
  } 2>/dev/null | while read -r candidate; do
    if [ -x "$candidate/postgres" ] && [ -x "$candidate/initdb" ]; then
      printf '%s %s\n' "$("$candidate/postgres" --version | sed 's/[^0-9]*\([0-9.]*\).*/\1/')" "$candidate"
    fi
  done | sort -s -t. -k1,1n -k2,2n | tail -n 1 | cut -d' ' -f2-
}

# The MariaDB server program, or nothing.
find_mariadbd() {
  local candidate brewed=/nonexistent
  if have brew; then brewed=$(brew --prefix)/opt; fi
  for candidate in "$(command -v mariadbd || true)" /usr/sbin/mariadbd /usr/libexec/mariadbd \
    "$brewed"/mariadb*/bin/mariadbd "$(command -v mysqld || true)" /usr/sbin/mysqld /usr/libexec/mysqld; do
    if [ -n "$candidate" ] && [ -x "$candidate" ] && "$candidate" --no-defaults --version 2>/dev/null | grep -q MariaDB
    then
      printf '%s\n' "$candidate"
      return 0
    fi
  done
}

# The script that makes a MariaDB data directory, or nothing.
find_mariadb_install() {
  local name beside
  beside=$(dirname "$(find_mariadbd)")
  for name in "$beside/mariadb-install-db" "$beside/mysql_install_db" mariadb-install-db mysql_install_db; do
    if have "$name"; then
      command -v "$name"
      return 0
    fi
  done
}

is_present() {
  case $1 in
    pkg-config) have pkg-config ;;
    sqlite-client) have pkg-config && pkg-config --exists sqlite3 ;;
    postgres-client) have pkg-config && pkg-config --exists libpq ;;
    mariadb-client) have pkg-config && pkg-config --exists libmariadb ;;
    postgres-server) [ -n "$(find_postgres_bin)" ] ;;
    mariadb-server) [ -n "$(find_mariadbd)" ] && [ -n "$(find_mariadb_install)" ] ;;
    *) fail "unknown requirement $1" ;;
  esac
}

# package_names MANAGER REQUIREMENT
package_names() {
  case $1:$2 in
    apt-get:pkg-config) echo pkg-config ;;
    apt-get:sqlite-client) echo libsqlite3-dev ;;
    apt-get:postgres-client) echo libpq-dev ;;
    apt-get:mariadb-client) echo libmariadb-dev ;;
    apt-get:postgres-server) echo postgresql ;;
    apt-get:mariadb-server) echo mariadb-server ;;
    dnf:pkg-config) echo pkgconf-pkg-config ;;
    dnf:sqlite-client) echo sqlite-devel ;;
    dnf:postgres-client) echo libpq-devel ;;
    dnf:mariadb-client) echo mariadb-connector-c-devel ;;
    dnf:postgres-server) echo postgresql-server postgresql-contrib ;;
    dnf:mariadb-server) echo mariadb-server ;;
    brew:pkg-config) echo pkgconf ;;
    brew:sqlite-client) echo sqlite ;;
    brew:postgres-client) echo libpq ;;
    brew:mariadb-client) echo mariadb-connector-c ;;
    brew:postgres-server) echo postgresql@17 ;;
    brew:mariadb-server) echo mariadb ;;
  esac
}

as_root() {
  if is_root; then
    "$@"
  elif have sudo; then
    sudo "$@"
  else
    fail "not root and no sudo; please run: $*"
  fi
}

SERVICE_POLICY=/usr/sbin/policy-rc.d
SERVICE_POLICY_IS_OURS=no

remove_service_policy() {
  if [ "$SERVICE_POLICY_IS_OURS" = yes ]; then as_root rm -f "$SERVICE_POLICY"; fi
  SERVICE_POLICY_IS_OURS=no
}

# Debian starts a server once its package is installed. Ours run from a temporary directory, so unless the system
# already has a policy of its own, starting is forbidden for the time of the installation.
apt_install() {
  local status=0
  if [ ! -e "$SERVICE_POLICY" ]; then
    SERVICE_POLICY_IS_OURS=yes
    on_exit remove_service_policy
    printf '#!/bin/sh\nexit 101\n' | as_root tee "$SERVICE_POLICY" >/dev/null
    as_root chmod 755 "$SERVICE_POLICY"
  fi
  as_root apt-get -o DPkg::Lock::Timeout=300 -qq update >&2 || note "apt-get update failed; using the lists at hand"
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 -qq -y \
    --no-install-recommends --no-upgrade install "$@" >&2 || status=$?
  remove_service_policy
  return "$status"
}

install_packages() {
  local manager=$1
  shift
  case $manager in
    apt-get) apt_install "$@" ;;
    dnf) as_root dnf -y -q install "$@" >&2 ;;
    brew) brew install --quiet "$@" >&2 ;;
  esac
}

# require REQUIREMENT...: installs those that are missing, and fails if one still is.
require() {
  local requirement manager='' candidate
  local missing=() names=()
  homebrew_paths
  for requirement in "$@"; do
    if ! is_present "$requirement"; then missing+=("$requirement"); fi
  done
  [ "${#missing[@]}" -gt 0 ] || return 0

  for candidate in apt-get dnf brew; do
    if have "$candidate"; then
      manager=$candidate
      break
    fi
  done
  [ -n "$manager" ] || fail "missing: ${missing[*]}; please install them (no apt-get, dnf or brew here)"
  for requirement in "${missing[@]}"; do
    # shellcheck disable=SC2207 # package names hold no spaces
    names+=($(package_names "$manager" "$requirement"))
  done
  note "installing ${names[*]}"
  install_packages "$manager" "${names[@]}" || fail "could not install ${names[*]}"
  homebrew_paths
  for requirement in "${missing[@]}"; do
    is_present "$requirement" || fail "$requirement is still missing after installing ${names[*]}"
  done
}

# What every build of the package needs.
require_clients() { require pkg-config sqlite-client postgres-client mariadb-client; }
