import RowanCore

/// Schemas by chance, the same for the same seed.
struct RandomSchema {
  private var state: UInt64
  private(set) var renames = SchemaRenames()

  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

  mutating func number(_ limit: Int) -> Int {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return Int(state % UInt64(limit))
  }

  mutating func chance(_ percent: Int) -> Bool { number(100) < percent }

  mutating func pick<T>(_ values: [T]) -> T { values[number(values.count)] }

  /// A schema of some of six tables.
  mutating func schema() -> SchemaSnapshot {
    var names = (0..<6).map { "t\($0)" }.filter { _ in chance(60) }
    if names.isEmpty { names = ["t0"] }
    var tables: [TableSnapshot] = []
    for name in names { tables.append(table(name, targets: names)) }
    return SchemaSnapshot(dialect: "mysql", tables: tables)
  }

  /// `schema` changed here and there, some of it under other names.
  mutating func variant(of schema: SchemaSnapshot) -> SchemaSnapshot {
    var other = self.schema()
    renames = SchemaRenames()
    for index in other.tables.indices {
      let name = other.tables[index].name
      guard let old = schema.table(name) else { continue }
      let kept = other.tables[index].columns.filter { old.column($0.name) != nil && $0.name.hasPrefix("n") }
      guard chance(40), let column = kept.first else { continue }
      let fresh = "renamed_\(column.name)"
      other.tables[index] = other.tables[index].renaming(column.name, to: fresh)
      renames.columns[name, default: [:]][fresh] = column.name
    }
    for index in other.tables.indices where chance(15) {
      let old = other.tables[index].name
      guard schema.table(old) != nil else { continue }
      let fresh = ObjectName("renamed_\(old.name)")
      other.tables[index].name = fresh
      renames.tables[fresh] = old
      renames.columns[fresh] = renames.columns.removeValue(forKey: old)
      for table in other.tables.indices {
        for key in other.tables[table].foreignKeys.indices where other.tables[table].foreignKeys[key].target == old {
          other.tables[table].foreignKeys[key].target = fresh
        }
      }
    }
    other.sort()
    return other
  }

  private mutating func table(_ name: String, targets: [String]) -> TableSnapshot {
    var table = TableSnapshot(
      ObjectName(name), comment: chance(20) ? pick(["one", "two"]) : nil,
      columns: [ColumnSnapshot("id", .bigint, identity: .byDefault)],
      primaryKey: PrimaryKeySnapshot(name: nil, columns: ["id"]))
    var columns: [ColumnSnapshot] = []
    for index in 0..<3 where chance(70) {
      columns.append(column("n\(index)", pick([.smallint, .integer, .bigint]), .int(Int64(index))))
    }
    for index in 0..<3 where chance(60) {
      var text = column("s\(index)", pick([.varchar(20), .varchar(40), .text]), .text("v\(index)"))
      if chance(20) { text.collation = "utf8mb4_general_ci" }
      columns.append(text)
    }
    if chance(40) {
      columns.append(
        column("d", pick([.decimal(precision: 10, scale: 2), .decimal(precision: 12, scale: 3)]), .int(1)))
    }
    if chance(30) { columns.append(ColumnSnapshot("at", .timestamp, isNullable: chance(50), default: .now)) }
    if chance(30) { columns.append(ColumnSnapshot("doc", .json, isNullable: true)) }
    if chance(30), columns.contains(where: { $0.name == "n0" }) {
      columns.append(
        ColumnSnapshot(
          "sum", .bigint, isNullable: true,
          computed: ComputedSnapshot(SchemaExpression(pick(["`n0` + 1", "`n0` * 2"])), isStored: chance(50))))
    }
    for index in 0..<2 where chance(40) { columns.append(ColumnSnapshot("f\(index)", .bigint, isNullable: true)) }
    // The order of columns is not compared, so it is the same in both.
    table.columns += columns
    constrain(&table, targets)
    return table
  }

  private mutating func column(_ name: String, _ type: SQLType, _ value: SQLValue) -> ColumnSnapshot {
    let isNullable = chance(50)
    return ColumnSnapshot(
      name, type, isNullable: isNullable, default: !isNullable || chance(30) ? .literal(value) : nil,
      comment: chance(20) ? pick(["a", "b"]) : nil)
  }

  private mutating func constrain(_ table: inout TableSnapshot, _ targets: [String]) {
    let name = table.name.name
    for column in table.columns {
      if column.name.hasPrefix("n"), chance(25) {
        table.checks.append(
          CheckSnapshot("ck_\(name)_\(column.name)", SchemaExpression("`\(column.name)` >= -\(pick([5, 9]))")))
      }
      if column.name.hasPrefix("n"), chance(20) {
        table.uniques.append(UniqueSnapshot("uq_\(name)_\(column.name)", columns: ["id", column.name]))
      }
      if column.name.hasPrefix("f"), chance(80) {
        table.foreignKeys.append(
          ForeignKeySnapshot(
            "fk_\(name)_\(column.name)", columns: [column.name], target: ObjectName(pick(targets)),
            targetColumns: ["id"], onDelete: pick([.noAction, .cascade, .setNull]),
            onUpdate: pick([.noAction, .cascade])))
      }
      let isIndexed = column.name != "id" && column.type != .json && column.computed == nil && chance(25)
      if isIndexed {
        let isText = column.name.hasPrefix("s")
        var elements = [
          IndexElement(
            column: column.name, descending: !isText && chance(30), prefixLength: isText ? pick([5, 9]) : nil)
        ]
        if chance(40) { elements.append(IndexElement(column: "id")) }
        table.indexes.append(IndexSnapshot("ix_\(name)_\(column.name)", elements: elements))
      }
    }
    table.sort()
  }
}

extension TableSnapshot {
  fileprivate func renaming(_ old: String, to new: String) -> TableSnapshot {
    var table = self
    func swap(_ name: String) -> String { name == old ? new : name }
    func swapText(_ expression: SchemaExpression) -> SchemaExpression {
      SchemaExpression(
        expression.source.split(separator: "`\(old)`", omittingEmptySubsequences: false).joined(separator: "`\(new)`"))
    }
    for index in table.columns.indices {
      table.columns[index].name = swap(table.columns[index].name)
      if let computed = table.columns[index].computed {
        table.columns[index].computed?.expression = swapText(computed.expression)
      }
    }
    for index in table.checks.indices { table.checks[index].expression = swapText(table.checks[index].expression) }
    for index in table.uniques.indices { table.uniques[index].columns = table.uniques[index].columns.map(swap) }
    for index in table.indexes.indices {
      for element in table.indexes[index].elements.indices {
        table.indexes[index].elements[element].column = table.indexes[index].elements[element].column.map(swap)
      }
    }
    return table
  }
}
