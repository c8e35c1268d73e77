import RowanCore

import Foundation

/// Where the PostgreSQL server is: its unix socket where there is one, as a network would only hide the client's cost.
struct PostgresServer: Sendable {
  let user: String
  let password: String
  let database: String
  let host: String
  let port: Int
  /// The server's first process, if it runs on this machine.
  let process: Int32?

  init(_ url: String) throws {
    let parsed = try ConnectionURL(url)
    user = parsed.user ?? "postgres"
    password = parsed.password ?? ""
    database = parsed.path
    let named = PostgresServer(parsed, host: parsed.host ?? "127.0.0.1", port: parsed.port ?? 5432, process: nil)
    let client = try PostgresClient(named)
    let folders = try client.rows("SHOW unix_socket_directories").first?.first ?? ""
    let folder = folders.split(separator: ",").map { $0.drop { $0 == " " } }.first { folder in
      folder.hasPrefix("/") && FileManager.default.fileExists(atPath: "\(folder)/.s.PGSQL.\(named.port)")
    }
    host = folder.map(String.init) ?? named.host
    port = named.port
    let backend = try client.rows("SELECT pg_backend_pid()").first?.first.flatMap { Int32($0) }
    process = backend.flatMap { ProcFS.parent(of: $0) }
  }

  private init(_ url: ConnectionURL, host: String, port: Int, process: Int32?) {
    user = url.user ?? "postgres"
    password = url.password ?? ""
    database = url.path
    self.host = host
    self.port = port
    self.process = process
  }

  /// What `PQconnectdb` takes. No TLS: it costs every client the same.
  var conninfo: String {
    [
      ("host", host), ("port", String(port)), ("user", user), ("password", password), ("dbname", database),
      ("sslmode", "disable"), ("client_encoding", "UTF8"),
    ]
    .map { key, value in
      "\(key)='\(value.replacing("\\", with: "\\\\").replacing("'", with: "\\'"))'"
    }
    .joined(separator: " ")
  }

  /// The same for Rowan.
  var url: String {
    "postgres://\(URLPart.escape(user)):\(URLPart.escape(password))@\(URLPart.escape(host)):\(port)"
      + "/\(URLPart.escape(database))?sslmode=disable"
  }

  /// The server's processes, where it can be seen.
  var processes: [Int32] { process.map { [$0] + ProcFS.children(of: $0) } ?? [] }
}
