/// A database URL, taken apart. Its description never shows the password.
///
/// `postgres://user:password@host:5432/name?sslmode=require`, `mysql://…?socket=/run/mysqld.sock`, `sqlite:app.db`,
/// `sqlite::memory:`. A host that starts with `/` (percent-encoded as `%2F`) is the folder of a unix socket.
public struct ConnectionURL: Sendable, Hashable, CustomStringConvertible, CustomReflectable {
  /// In lower case.
  public var scheme: String
  /// The user's name.
  public var user: String?
  /// The password.
  public var password: String?
  /// The host.
  public var host: String?
  /// The port.
  public var port: Int?
  /// What follows the host, without the first slash; for SQLite, the file.
  public var path: String
  /// Whether `//` followed the scheme: a path after it is absolute, where the path is that of a file.
  public var hasAuthority = false
  /// The options after `?`.
  public var options: [String: String]

  /// Takes `text` apart.
  /// - Throws: ``RowanError/Code/invalidURL``, which never repeats the text.
  public init(_ text: String) throws {
    guard let colon = text.firstIndex(of: ":"), colon != text.startIndex else {
      throw ConnectionURL.invalid("it has no scheme")
    }
    scheme = text[..<colon].lowercased()
    var rest = text[text.index(after: colon)...]
    options = [:]
    if let mark = rest.firstIndex(of: "?") {
      for pair in rest[rest.index(after: mark)...].split(separator: "&") {
        let halves = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let key = try ConnectionURL.decode(halves[0], "an option's name")
        options[key] = try ConnectionURL.decode(halves.count > 1 ? halves[1] : "", "the option '\(key)'")
      }
      rest = rest[..<mark]
    }
    guard rest.hasPrefix("//") else {
      path = try ConnectionURL.decode(rest, "the path")
      return
    }
    hasAuthority = true
    rest = rest.dropFirst(2)
    let slash = rest.firstIndex(of: "/") ?? rest.endIndex
    var authority = rest[..<slash]
    path = try ConnectionURL.decode(rest[slash...].dropFirst(), "the path")
    if let at = authority.lastIndex(of: "@") {
      let halves = authority[..<at].split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      user = try ConnectionURL.decode(halves[0], "the user")
      if halves.count > 1 { password = try ConnectionURL.decode(halves[1], "the password") }
      authority = authority[authority.index(after: at)...]
    }
    if authority.hasPrefix("[") {
      guard let end = authority.firstIndex(of: "]") else { throw ConnectionURL.invalid("'[' without ']' in the host") }
      host = String(authority[authority.index(after: authority.startIndex)..<end])
      authority = authority[authority.index(after: end)...]
    } else {
      let end = authority.firstIndex(of: ":") ?? authority.endIndex
      let name = try ConnectionURL.decode(authority[..<end], "the host")
      host = name.isEmpty ? nil : name
      authority = authority[end...]
    }
    if authority.first == ":", authority.count > 1 {
      guard let number = Int(authority.dropFirst()), (1...65_535).contains(number) else {
        throw ConnectionURL.invalid("the port is not a number from 1 to 65535")
      }
      port = number
    } else if !authority.isEmpty && authority != ":" {
      throw ConnectionURL.invalid("the host has something after it that is no port")
    }
  }

  /// The URL without password or options.
  public var description: String {
    var text = "\(scheme):"
    if let host {
      text += "//"
      if let user { text += "\(user)@" }
      text += host
      if let port { text += ":\(port)" }
      text += "/"
    }
    return text + path
  }

  /// Shows that there is a password, and options, never which.
  public var customMirror: Mirror {
    Mirror(
      self,
      children: [
        "scheme": scheme, "user": user as Any, "password": password == nil ? "none" : "redacted", "host": host as Any,
        "port": port as Any, "path": path, "options": options.keys.sorted(),
      ], displayStyle: .struct)
  }

  private static func decode(_ text: some StringProtocol, _ part: String) throws -> String {
    var bytes: [UInt8] = []
    var rest = text.utf8.makeIterator()
    while let byte = rest.next() {
      guard byte == UInt8(ascii: "%") else {
        bytes.append(byte)
        continue
      }
      guard let high = rest.next().flatMap(hexDigit), let low = rest.next().flatMap(hexDigit) else {
        throw invalid("\(part) has a broken percent escape")
      }
      bytes.append(high << 4 | low)
    }
    guard let decoded = String(validating: bytes, as: UTF8.self) else {
      throw invalid("\(part) is not UTF-8 once decoded")
    }
    if decoded.utf8.contains(0) { throw invalid("\(part) holds a NUL character") }
    return decoded
  }

  private static func hexDigit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }

  private static func invalid(_ what: String) -> RowanError {
    RowanError(
      .invalidURL, "the database URL cannot be read: \(what)",
      hint: "write scheme://user:password@host:port/name, with special characters percent-encoded")
  }
}
