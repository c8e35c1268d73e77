internal import RowanCore

/// Makes a column of what the catalogs say of it.
struct MySQLColumnReader {
  let catalog: MySQLCatalog
  let row: MySQLColumnRow
  let tableCollation: String?

  /// Whether a check is the one by which MariaDB knows a JSON column. https://mariadb.com/kb/en/json/
  static func isDocumentCheck(_ check: MySQLCheckRow) -> Bool {
    let name = check.name.split(separator: "`", omittingEmptySubsequences: false).joined(separator: "``")
    return check.belongsToColumn && check.clause == "json_valid(`\(name)`)"
  }

  func column(isDocument: Bool) -> ColumnSnapshot {
    let type = type(isDocument: isDocument)
    let collation = row.collation.map(MySQLCollation.name)
    return ColumnSnapshot(
      row.name, type, isNullable: row.isNullable, default: defaultValue(type),
      identity: words.contains("auto_increment") ? .byDefault : nil, computed: computed,
      collation: type == .json || collation == tableCollation ? nil : collation,
      comment: row.comment.isEmpty ? nil : row.comment)
  }

  /// What of the column a snapshot cannot say.
  var leftovers: [String] {
    var reasons: [String] = []
    let extra = row.extra.lowercased()
    if extra.contains("on update") { reasons.append("the value it takes on update is not kept") }
    if words.contains("invisible") { reasons.append("that it is invisible is not kept") }
    if extra.contains("system versioning") { reasons.append("how it is versioned is not kept") }
    return reasons
  }

  private var words: [String] { row.extra.lowercased().split { $0 == " " || $0 == "," }.map(String.init) }

  private func type(isDocument: Bool) -> SQLType {
    let stored = MySQLStoredType(row.type)
    return isDocument && stored.base == "longtext" ? .json : stored.logical
  }

  private var computed: ComputedSnapshot? {
    if row.generation.isEmpty { return nil }
    let isStored = words.contains("stored") || words.contains("persistent")
    return ComputedSnapshot(catalog.expression(row.generation), isStored: isStored)
  }

  private func defaultValue(_ type: SQLType) -> DefaultSnapshot? {
    guard let text = row.defaultText, row.generation.isEmpty, !words.contains("auto_increment") else { return nil }
    let form = MySQLDefaultForm(type: type)
    // MariaDB shows an expression; MySQL the value, unless it says that it is one.
    // https://mariadb.com/kb/en/information-schema-columns-table/
    if catalog.flavor == .mariaDB { return form.value(of: text) { catalog.expression($0) } }
    if words.contains("default_generated") {
      return form.value(of: MySQLStoredText.unescaped(text)) { _ in catalog.expression(text) }
    }
    return plainDefault(text, form)
  }

  /// A default of MySQL's that is no expression.
  private func plainDefault(_ text: String, _ form: MySQLDefaultForm) -> DefaultSnapshot {
    let stored = MySQLStoredType(row.type)
    let isBinary = ["binary", "varbinary"].contains(stored.base)
    let isText = ["char", "varchar", "enum", "set"].contains(stored.base)
    let isQuoted = isText || ["date", "datetime", "timestamp", "time"].contains(stored.base)
    let literal = isBinary ? MySQLStoredLiteral(sql: text) : isQuoted ? .string(text) : MySQLStoredLiteral(sql: text)
    if let value = literal.flatMap({ form.value(of: $0) }) { return .literal(value) }
    return .expression(catalog.expression(isQuoted ? MySQLStoredText.quoted(text) : text))
  }
}
