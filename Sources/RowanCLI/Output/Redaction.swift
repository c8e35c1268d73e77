import RowanCore

/// Keeps passwords out of everything that is written.
struct Redaction: Sendable {
  private var secrets: [String] = []
  /// With the colon before and the at sign after them.
  private var passwords: [String] = []

  static let mask = "***"

  /// Names what is never written. Passwords that are too short to be told from ordinary words are masked within URLs
  /// only.
  mutating func add(_ url: ConnectionURL) {
    let isHidden = { (name: String) in Self.isSecret(name) }
    let known = [url.password].compactMap { $0 } + url.options.filter { isHidden($0.key) }.map(\.value)
    secrets += known.filter { $0.utf8.count >= 8 && $0 != url.user && $0 != url.path && $0 != url.host }
    secrets.sort { $0.utf8.count > $1.utf8.count }
  }

  /// Names the passwords of URLs on a command line that may not be understood: they may hold blanks or quotes.
  mutating func add(arguments: [String]) {
    for argument in arguments {
      let text = argument[...]
      guard let start = text.range(of: "://"), let at = text.lastIndex(of: "@"), start.upperBound <= at,
        let colon = text[start.upperBound..<at].firstIndex(of: ":")
      else { continue }
      passwords.append(String(text[colon...at]))
    }
  }

  /// The text without secrets.
  func apply(_ text: String) -> String {
    var masked = text
    for password in passwords { masked = Self.replace(password, with: ":\(Self.mask)@", in: masked) }
    masked = Self.maskURLs(masked)
    for secret in secrets { masked = Self.replace(secret, with: Self.mask, in: masked) }
    return masked
  }

  static func isSecret(_ option: String) -> Bool {
    let name = option.lowercased()
    return ["password", "passwd", "secret", "token", "passphrase"].contains { name.contains($0) }
  }

  /// `scheme://user:password@` and `?password=…` anywhere in `text`.
  private static func maskURLs(_ text: String) -> String {
    var result = "", rest = text[...]
    while let start = rest.range(of: "://") {
      result += rest[..<start.upperBound]
      rest = rest[start.upperBound...]
      let end = rest.firstIndex { $0.isWhitespace || $0 == "\"" || $0 == "'" || $0 == "`" } ?? rest.endIndex
      result += maskAuthority(rest[..<end])
      rest = rest[end...]
    }
    return result + rest
  }

  private static func maskAuthority(_ url: Substring) -> String {
    let query = url.firstIndex(of: "?") ?? url.endIndex
    var head = String(url[..<query])
    // The last one: passwords that were not encoded may hold '@' and '/' themselves.
    if let at = url[..<query].lastIndex(of: "@"), let colon = url[..<at].firstIndex(of: ":") {
      head = "\(url[..<colon]):\(mask)\(url[at..<query])"
    }
    guard query != url.endIndex else { return head }
    let options = url[url.index(after: query)...].split(separator: "&", omittingEmptySubsequences: false).map {
      option in
      let name = option.prefix { $0 != "=" }
      return isSecret(String(name)) && name.endIndex != option.endIndex ? "\(name)=\(mask)" : String(option)
    }
    return head + "?" + options.joined(separator: "&")
  }

  private static func replace(_ secret: String, with replacement: String, in text: String) -> String {
    var result = "", rest = text[...]
    while let found = rest.range(of: secret) {
      result += rest[..<found.lowerBound]
      result += replacement
      rest = rest[found.upperBound...]
    }
    return result + rest
  }
}

extension Substring {
  /// The first place where `text` stands.
  fileprivate func range(of text: String) -> Range<Index>? {
    guard let first = text.first else { return nil }
    var start = startIndex
    while let index = self[start...].firstIndex(of: first) {
      if self[index...].hasPrefix(text) { return index..<self.index(index, offsetBy: text.count) }
      start = self.index(after: index)
    }
    return nil
  }
}
