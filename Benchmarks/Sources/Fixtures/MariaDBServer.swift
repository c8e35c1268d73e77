import RowanCore

import Foundation

/// Where the MariaDB server is: its unix socket where there is one, as a network would only hide the client's cost.
struct MariaDBServer: Sendable {
  let user: String
  let password: String
  let database: String
  let host: String
  let port: Int
  let socket: String?
  /// The server's process, if it runs on this machine.
  let process: Int32?

  init(_ url: String) throws {
    let parsed = try ConnectionURL(url)
    let named = MariaDBServer(parsed, socket: nil, process: nil)
    let client = try MariaDBClient(named)
    let socket = try client.value("SELECT @@socket").flatMap { FileManager.default.fileExists(atPath: $0) ? $0 : nil }
    let file = try client.value("SELECT IF(@@pid_file LIKE '/%', @@pid_file, CONCAT(@@datadir, @@pid_file))") ?? ""
    let text = try? String(contentsOfFile: file, encoding: .utf8)
    self.init(parsed, socket: socket, process: text.flatMap { Int32($0.prefix { $0.isNumber }) })
  }

  private init(_ url: ConnectionURL, socket: String?, process: Int32?) {
    user = url.user ?? "root"
    password = url.password ?? ""
    database = url.path
    host = socket == nil ? url.host ?? "127.0.0.1" : "localhost"
    port = url.port ?? 3306
    self.socket = socket
    self.process = process
  }

  /// The same for Rowan.
  var url: String {
    "mysql://\(URLPart.escape(user)):\(URLPart.escape(password))@\(URLPart.escape(host)):\(port)"
      + "/\(URLPart.escape(database))" + (socket.map { "?socket=\(URLPart.escape($0))" } ?? "")
  }

  /// The server's process, where it can be seen.
  var processes: [Int32] { process.map { [$0] } ?? [] }
}
