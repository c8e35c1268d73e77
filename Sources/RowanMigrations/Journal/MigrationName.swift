public import RowanCore

/// The rules for the names that become parts of paths.
public enum MigrationName {
  /// The longest name, in bytes.
  public static let maxBytes = 100

  /// Checks a migration's name: 1 to 100 ASCII letters, digits and underscores.
  /// - Throws: ``RowanError/Code/invalidMigrationName``.
  public static func check(_ name: String) throws(RowanError) {
    guard isName(name.utf8) else {
      throw RowanError(
        .invalidMigrationName,
        "a migration's name is empty, longer than \(maxBytes) bytes, or has more than letters, digits and underscores",
        hint: "name it like add_user_email")
    }
  }

  /// The id of a migration made at `time`: `yyyyMMddHHmmss` in UTC.
  /// - Throws: ``RowanError/Code/invalidMigrationName`` outside the years 1 to 9999.
  public static func id(at time: Timestamp) throws(RowanError) -> String {
    let (date, clock) = (time.calendarDate, time.timeOfDay)
    guard date.year >= 1, date.year <= 9999 else {
      throw RowanError(
        .invalidMigrationName, "a migration's time is outside the years 1 to 9999", hint: "check the clock")
    }
    let parts = [(date.year, 4), (date.month, 2), (date.day, 2), (clock.hour, 2), (clock.minute, 2), (clock.second, 2)]
    return parts.map { number, width in
      let digits = String(number)
      return String(repeating: "0", count: width - digits.count) + digits
    }.joined()
  }

  static func isName(_ name: some Collection<UInt8>) -> Bool {
    !name.isEmpty && name.count <= maxBytes && name.allSatisfy { SQLBytes.isWord($0) && $0 < 0x80 }
  }

  static func isID(_ id: some Collection<UInt8>) -> Bool { id.count == 14 && id.allSatisfy(SQLBytes.isDigit) }

  /// The id and name of `<id>_<name>`; nil for other text.
  static func split(tag: String) -> (id: String, name: String)? {
    let bytes = Array(tag.utf8)
    guard bytes.count > 15, bytes[14] == UInt8(ascii: "_"), isID(bytes[..<14]), isName(bytes[15...]) else { return nil }
    return (String(decoding: bytes[..<14], as: UTF8.self), String(decoding: bytes[15...], as: UTF8.self))
  }

  /// Checks a dialect's name: 1 to 40 lower-case letters, digits and underscores.
  static func check(dialect: String) throws(RowanError) {
    guard isName(dialect.utf8), dialect.utf8.count <= 40, dialect == dialect.lowercased() else {
      throw RowanError(
        .invalidMigrationName, "a dialect's name is not made of lower-case letters, digits and underscores",
        hint: "use the dialect's own name, such as sqlite")
    }
  }
}
