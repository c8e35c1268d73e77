# shellcheck shell=bash
# Certificates for throw-away servers.

# make_certificates DIR: an authority (ca.pem), a certificate for the loopback names it signed (server.pem,
# server.key), and an authority that signed nothing (other-ca.pem). Makes nothing without openssl.
make_certificates() {
  local dir=$1 name
  have openssl || return 0
  mkdir -p "$dir"
  cat >"$dir/openssl.cnf" <<'CONFIG'
[req]
distinguished_name = name
prompt = no
[name]
CN = localhost
[authority]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
[server]
basicConstraints = CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = serverAuth
subjectAltName = DNS:localhost, IP:127.0.0.1
CONFIG
  if ! {
    for name in ca other-ca; do
      openssl req -x509 -config "$dir/openssl.cnf" -extensions authority -subj "/CN=Rowan test $name" -days 30 \
        -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout "$dir/$name.key" -out "$dir/$name.pem" ||
        break
    done &&
      openssl req -config "$dir/openssl.cnf" -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes \
        -keyout "$dir/server.key" -out "$dir/server.csr" &&
      openssl x509 -req -in "$dir/server.csr" -CA "$dir/ca.pem" -CAkey "$dir/ca.key" -set_serial 1 -days 30 \
        -extfile "$dir/openssl.cnf" -extensions server -out "$dir/server.pem"
  } >"$dir/openssl.log" 2>&1; then
    note "openssl made no certificates; the servers run without TLS:"
    cat "$dir/openssl.log" >&2
    rm -rf "$dir"
    return 0
  fi
  chmod 711 "$dir"
  chmod 600 "$dir"/*.key
  chmod 644 "$dir"/*.pem
}
