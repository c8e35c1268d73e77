extension TableSnapshot {
  /// The table a model declares, with every constraint and index named.
  /// - Parameter names: how an engine's names are made.
  /// - Throws: ``RowanError/Code/unknownColumn`` for a key that names no column of the table,
  ///   ``RowanError/Code/invalidConfiguration`` for two parts of one name.
  public init(_ schema: TableSchema, names: ConstraintNames) throws {
    let table = schema.name
    let columns = schema.columns.map { ColumnSnapshot($0) }
    let key = try schema.keyColumns()
    var uniques = schema.columns.filter(\.isUnique).map {
      UniqueSnapshot(names.unique(table, [$0.name]), columns: [$0.name])
    }
    uniques += schema.uniques.map { UniqueSnapshot($0.name ?? names.unique(table, $0.columns), columns: $0.columns) }
    let checks =
      schema.columns.compactMap { column in column.check.map { CheckSchema($0) } } + schema.checks
    let indexes = schema.columns.filter(\.isIndexed).map { IndexSchema([$0.name]) } + schema.indexes
    self.init(
      ObjectName(table, namespace: schema.namespace), comment: schema.comment, columns: columns,
      primaryKey: key.isEmpty
        ? nil : PrimaryKeySnapshot(name: schema.keyConstraint?.name ?? names.primaryKey(table), columns: key),
      uniques: uniques,
      checks: checks.map {
        CheckSnapshot($0.name ?? names.check(table, $0.expression), SchemaExpression($0.expression))
      },
      foreignKeys: schema.keys(names), indexes: try indexes.map { try IndexSnapshot($0, of: table, names) })
    try refuseTwins()
  }

  private func refuseTwins() throws {
    try refuseTwin(columns.map(\.name), "columns")
    try refuseTwin(
      uniques.map(\.name) + checks.map(\.name) + foreignKeys.map(\.name) + [primaryKey?.name].compactMap { $0 },
      "constraints")
    try refuseTwin(indexes.map(\.name), "indexes")
  }

  private func refuseTwin(_ names: [String], _ what: String) throws {
    var seen: Set<String> = []
    for name in names where !seen.insert(name).inserted {
      throw RowanError(
        .invalidConfiguration, "table '\(self.name)' has two \(what) called '\(name)'",
        hint: "give one of them a name of its own, or drop it")
    }
  }
}

extension TableSchema {
  /// The columns of the primary key in the order of the database.
  fileprivate func keyColumns() throws -> [String] {
    let declared = primaryKey.map { columns[$0].name }
    guard let stated = keyConstraint?.columns, !stated.isEmpty else { return declared }
    guard stated.sorted(by: utf8Order) == declared.sorted(by: utf8Order) else {
      throw RowanError(
        .invalidConfiguration,
        "the primary key of table '\(name)' is stated over \(stated), but its columns are \(declared)",
        hint: "mark the same columns .primaryKey")
    }
    return stated
  }

  private func namespace(of key: CompositeKeySchema) -> String? {
    switch key.namespace {
    case .same: namespace
    case .connectionDefault: nil
    case .named(let name): name
    }
  }

  fileprivate func keys(_ names: ConstraintNames) -> [ForeignKeySnapshot] {
    let single = columns.compactMap { column in
      column.references.map { key in
        ForeignKeySnapshot(
          key.name ?? names.foreignKey(name, [column.name]), columns: [column.name],
          target: ObjectName(key.table, namespace: namespace), targetColumns: [key.column], onDelete: key.onDelete,
          onUpdate: key.onUpdate, deferral: key.deferral)
      }
    }
    return single
      + foreignKeys.map { key in
        ForeignKeySnapshot(
          key.name ?? names.foreignKey(name, key.columns), columns: key.columns,
          target: ObjectName(key.table, namespace: namespace(of: key)), targetColumns: key.targetColumns,
          onDelete: key.onDelete, onUpdate: key.onUpdate, deferral: key.deferral)
      }
  }
}

extension IndexSnapshot {
  fileprivate init(_ index: IndexSchema, of table: String, _ names: ConstraintNames) throws {
    guard let name = index.name ?? Self.generatedName(index, of: table, names) else {
      throw RowanError(
        .invalidConfiguration, "an index over an expression of table '\(table)' has no name",
        hint: "give it one: IndexSchema(elements: …, name: …)")
    }
    self.init(
      name, elements: index.elements, isUnique: index.isUnique,
      predicate: index.predicate.map { SchemaExpression($0) }, including: index.including, method: index.method)
  }

  private static func generatedName(_ index: IndexSchema, of table: String, _ names: ConstraintNames) -> String? {
    guard index.columns.count == index.elements.count else { return nil }
    return (index.isUnique ? names.unique : names.index)(table, index.columns)
  }
}

extension ColumnSnapshot {
  /// The column a model declares.
  public init(_ column: ColumnSchema) {
    let value: DefaultSnapshot? =
      switch column.defaultValue {
      case nil: nil
      case .now: .now
      case .randomUUID: .randomUUID
      case .value(let value): .literal(value)
      case .expression(let sql): .expression(SchemaExpression(sql))
      }
    self.init(
      column.name, column.type, isNullable: column.isNullable, default: value,
      identity: column.isGenerated ? column.identity : nil,
      computed: column.computed.map {
        ComputedSnapshot(SchemaExpression($0.expression), isStored: $0.isStored)
      }, collation: column.collation, comment: column.comment)
  }
}
