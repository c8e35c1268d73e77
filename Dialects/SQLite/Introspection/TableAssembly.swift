import RowanCore

/// Makes a snapshot of what the text of a table says.
struct TableAssembly {
  let dialect: any Dialect
  let names: ConstraintNames
  private var used: Set<String> = []
  /// What the text says and the snapshot does not.
  private(set) var remarks: [String] = []

  init(dialect: any Dialect, names: ConstraintNames) {
    self.dialect = dialect
    self.names = names
  }

  /// The table called `name`, without its indexes.
  /// - Parameter keyOf: the real name and the primary key of the table called so in a foreign key.
  mutating func table(
    _ parsed: ParsedTable, name: String, keyOf: (String) -> (name: String, key: [String])?
  ) -> TableSnapshot {
    remarks = parsed.remarks
    let columns = parsed.columns.map { column($0, of: parsed) }
    let real = { (column: String) in Self.resolve(column, in: columns) }
    let key = parsed.primaryKey.map {
      PrimaryKeySnapshot(name: fresh($0.name, names.primaryKey(name)), columns: $0.columns.map(real))
    }
    let uniques = parsed.uniques.map { unique in
      let columns = unique.columns.map(real)
      return UniqueSnapshot(fresh(unique.name, names.unique(name, columns)), columns: columns)
    }
    var foreignKeys: [ForeignKeySnapshot] = []
    for parsed in parsed.foreignKeys {
      let columns = parsed.columns.map(real)
      let target = keyOf(parsed.target)
      let targetColumns = parsed.targetColumns.isEmpty ? target?.key ?? [] : parsed.targetColumns
      let keyName = fresh(parsed.name, names.foreignKey(name, columns))
      if targetColumns.count != columns.count {
        remarks.append("the foreign key '\(keyName)', whose target has no such key")
        continue
      }
      foreignKeys.append(
        ForeignKeySnapshot(
          keyName, columns: columns, target: ObjectName(target?.name ?? parsed.target), targetColumns: targetColumns,
          onDelete: parsed.onDelete, onUpdate: parsed.onUpdate, deferral: parsed.deferral))
    }
    let checks = parsed.checks.map { check in
      CheckSnapshot(
        fresh(check.name, names.check(name, check.expression)), CanonicalText.expression(check.expression))
    }
    var options: [String: String] = [:]
    if parsed.isStrict { options["strict"] = "true" }
    if parsed.isWithoutRowID { options["without_rowid"] = "true" }
    return TableSnapshot(
      ObjectName(name), columns: columns, primaryKey: key, uniques: uniques, checks: checks,
      foreignKeys: foreignKeys, options: options)
  }

  /// The given name, or the one this library would have given; a second constraint of one name gets another.
  private mutating func fresh(_ given: String?, _ generated: String) -> String {
    let wanted = given ?? generated
    var name = wanted
    var count = 1
    while !used.insert(name).inserted {
      count += 1
      name = "\(wanted)_\(count)"
    }
    if given != nil, name != wanted { remarks.append("a second constraint called '\(wanted)', read as '\(name)'") }
    return name
  }

  /// The column of `columns` that SQLite takes `name` for.
  static func resolve(_ name: String, in columns: [ColumnSnapshot]) -> String {
    columns.first { $0.name == name }?.name ?? columns.first { $0.name.folded == name.folded }?.name ?? name
  }

  private mutating func column(_ parsed: ParsedColumn, of table: ParsedTable) -> ColumnSnapshot {
    let key = table.primaryKey?.columns ?? []
    let isKey = key.contains { $0.folded == parsed.name.folded }
    let isWholeKey = isKey && key.count == 1
    let isRowID = isWholeKey && parsed.type.folded == "integer"
    var type =
      table.isStrict
      ? DeclaredType.logical(strict: parsed.type, note: parsed.note)
      : DeclaredType.logical(parsed.type, note: parsed.note)
    var collation = SQLiteCollation.normal(parsed.collation)
    if type.isDecimal {
      // Under any other collation the text does not compare as a number.
      if collation == SQLitePrinter.decimalCollation {
        collation = nil
      } else {
        type = table.isStrict ? .text : .custom(parsed.type)
      }
    }
    if isRowID { type = .bigint }
    let isNotNull = parsed.isNotNull || isRowID || isKey && (table.isStrict || table.isWithoutRowID)
    return ColumnSnapshot(
      parsed.name, type, isNullable: !isNotNull,
      default: parsed.defaultText.map { DefaultReader(dialect: dialect).read($0, type) },
      identity: isWholeKey && table.isAutoincrement ? .byDefault : nil,
      computed: parsed.computed.map {
        ComputedSnapshot(CanonicalText.expression($0.expression), isStored: $0.isStored)
      }, collation: collation)
  }
}
