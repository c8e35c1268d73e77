import RowanCore

/// How alike two types are: a column may be renamed and widened at once.
enum TypeLikeness {
  /// 1 for one type, less for two of one kind; nil for two kinds.
  static func of(_ one: SQLType, _ other: SQLType) -> Double? {
    if one == other { return 1 }
    guard let kind = kind(one), kind == self.kind(other) else { return nil }
    return 0.75
  }

  private enum Kind: Hashable { case number, text, moment }

  private static func kind(_ type: SQLType) -> Kind? {
    switch type {
    case .smallint, .integer, .bigint, .unsignedTinyint, .unsignedSmallint, .unsignedInteger, .unsignedBigint, .real,
      .double, .decimal:
      .number
    case .char, .varchar, .text: .text
    case .timestamp, .date: .moment
    case .boolean, .bytes, .uuid, .time, .interval, .json, .array, .custom: nil
    }
  }
}
