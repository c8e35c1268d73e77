public import RowanCore

extension SQLiteConfiguration {
  /// Takes a configuration from a URL: `sqlite:app.db`, `sqlite:///var/lib/app.db`, `sqlite::memory:`.
  ///
  /// Options: `mode` (`rwc`, `rw`, `ro`), `immutable`, `exclusive`, `foreign_keys`, `temp_memory`,
  /// `trusted_schema` (`true`, `false`),
  /// `busy_timeout` and `checkout_timeout` (milliseconds), `journal_mode`, `synchronous` (names), `cache_size`,
  /// `mmap_size` (bytes), `readers`, `statement_cache`.
  /// - Throws: ``RowanError/Code/invalidURL`` for what it does not know; nothing is ignored.
  public init(url: ConnectionURL) throws {
    if url.host != nil || url.user != nil || url.port != nil {
      throw Self.invalid("SQLite has no host", hint: "write sqlite:relative.db or sqlite:///absolute.db")
    }
    self.init(path: url.hasAuthority ? "/" + url.path : url.path)
    if url.path.isEmpty { throw Self.invalid("the path is empty", hint: "write sqlite:app.db or sqlite::memory:") }
    for (name, value) in url.options.sorted(by: { $0.key < $1.key }) { try set(name, value) }
  }

  private mutating func set(_ name: String, _ value: String) throws {
    switch name {
    case "mode":
      let modes: [String: Mode] = ["rwc": .readWriteCreate, "rw": .readWrite, "ro": .readOnly]
      if value == "memory" {
        location = .memory
      } else {
        mode = try Self.choose(name, value, modes)
      }
    case "immutable": isImmutable = try Self.truth(name, value)
    case "exclusive": isExclusiveToProcess = try Self.truth(name, value)
    case "foreign_keys": foreignKeys = try Self.truth(name, value)
    case "trusted_schema": isSchemaTrusted = try Self.truth(name, value)
    case "temp_memory": temporaryInMemory = try Self.truth(name, value)
    case "busy_timeout": busyTimeout = .milliseconds(try Self.number(name, value))
    case "checkout_timeout": pool.checkoutTimeout = .milliseconds(try Self.number(name, value))
    case "journal_mode":
      journalMode = try Self.choose(
        name, value, Dictionary(uniqueKeysWithValues: JournalMode.allCases.map { ($0.rawValue, $0) }))
    case "synchronous":
      synchronous = try Self.choose(name, value, ["off": .off, "normal": .normal, "full": .full, "extra": .extra])
    case "cache_size": cacheSize = try Self.number(name, value)
    case "mmap_size": memoryMapSize = try Self.number(name, value)
    case "readers": pool.maxConnections = max(1, try Self.number(name, value))
    case "statement_cache": pool.statementCacheCapacity = max(1, try Self.number(name, value))
    default: throw Self.invalid("the option '\(name)' is unknown", hint: "see SQLiteConfiguration.init(url:)")
    }
  }

  private static func choose<Value>(_ name: String, _ value: String, _ values: [String: Value]) throws -> Value {
    if let chosen = values[value.lowercased()] { return chosen }
    throw invalid(
      "the option '\(name)' has an unknown value", hint: "use one of \(values.keys.sorted().joined(separator: ", "))")
  }

  private static func truth(_ name: String, _ value: String) throws -> Bool {
    try choose(name, value, ["true": true, "1": true, "on": true, "false": false, "0": false, "off": false])
  }

  private static func number(_ name: String, _ value: String) throws -> Int {
    if let number = Int(value), number >= 0 { return number }
    throw invalid("the option '\(name)' is not a number", hint: "use a whole number that is not negative")
  }

  private static func invalid(_ what: String, hint: String) -> RowanError {
    RowanError(.invalidURL, "the SQLite URL cannot be used: \(what)", hint: hint)
  }
}
