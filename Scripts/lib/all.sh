# shellcheck shell=bash
# Everything a script of ours needs, in the order it needs it.

ROWAN_LIB=$(dirname "${BASH_SOURCE[0]}")
for part in common packages user tls daemon postgres mariadb servers example; do
  # shellcheck source=/dev/null
  source "$ROWAN_LIB/$part.sh"
done
unset part
