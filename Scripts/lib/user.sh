# shellcheck shell=bash
# Database servers refuse to run as root; when root, they run as another user.

# The user servers run as: empty for the current one.
server_user() {
  local name
  is_root || return 0
  if [ -n "${ROWAN_TEST_SERVER_USER:-}" ]; then
    printf '%s\n' "$ROWAN_TEST_SERVER_USER"
    return 0
  fi
  for name in postgres mysql _postgres _mysql nobody; do
    if id -u "$name" >/dev/null 2>&1; then
      printf '%s\n' "$name"
      return 0
    fi
  done
  fail "servers do not run as root, and there is no user to run them as"
}

# as_server_user COMMAND...: in /, as the user must be able to enter the working directory.
as_server_user() (
  user=$(server_user)
  cd /
  if [ -z "$user" ]; then
    exec "$@"
  fi
  export HOME=/
  unset TMPDIR
  if have setpriv; then
    exec setpriv --reuid "$(id -u "$user")" --regid "$(id -g "$user")" --clear-groups -- "$@"
  elif have runuser; then
    exec runuser -u "$user" -- "$@"
  elif have sudo; then
    exec sudo -u "$user" -- "$@"
  fi
  fail "one of setpriv, runuser or sudo is needed to run a server as $user"
)

# give_to_server_user PATH...: with everything below.
give_to_server_user() {
  local user
  user=$(server_user)
  if [ -n "$user" ]; then chown -R "$user:$(id -g "$user")" "$@"; fi
}

# A new directory the server user can enter, with a path short enough for sockets below it (their limit is about
# 100 bytes).
make_run_dir() {
  local parent dir
  for parent in "${TMPDIR:-/tmp}" /tmp; do
    parent=${parent%/}
    [ "${#parent}" -le 60 ] || continue
    dir=$(mktemp -d "$parent/rowan.XXXXXX") || continue
    chmod 711 "$dir"
    if as_server_user test -x "$dir"; then
      printf '%s\n' "$dir"
      return 0
    fi
    rmdir "$dir"
  done
  fail "no temporary directory that a server can use"
}
