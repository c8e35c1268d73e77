import RowanCore
import RowanMigrations

/// Schemas of many tables, read and compared.
enum SchemaSubjects {
  static let count = 300

  /// A base that takes its budget, neither more nor less: ratios to it are shares of the budget.
  static func budget(seconds: Double) -> Subject {
    Subject(timed: .budget, minimum: 1) { operations in
      let whole = Double(operations) * seconds
      return Work(checksum: nil, cost: Cost(wall: whole, cpu: whole))
    }
  }

  /// A table that refers to the one before.
  private static func table(_ number: Int, isLater: Bool) -> TableSchema {
    let name = "bench_schema_\(number)"
    var columns = [
      ColumnSchema("id", Int64.self, .primaryKey, .generated),
      ColumnSchema("code", String.self, .varchar(20), .unique),
      ColumnSchema("title", String.self, .varchar(isLater ? 120 : 80), default: ""),
      ColumnSchema("amount", Int.self, .check("amount >= 0"), default: 0), ColumnSchema("note", String?.self),
      ColumnSchema("is_active", Bool.self, default: true), ColumnSchema("created_at", Timestamp.self, default: .now),
    ]
    if number > 0 {
      columns.append(ColumnSchema("previous_id", Int64?.self, .references("bench_schema_\(number - 1)"), .indexed))
    }
    if isLater { columns.append(ColumnSchema("added", Double?.self)) }
    return TableSchema(name, columns: columns, indexes: [IndexSchema(["amount", "created_at"])])
  }

  private static func definition(isLater: Bool) -> SchemaDefinition {
    SchemaDefinition(schemas: (0..<count).map { table($0, isLater: isLater && $0.isMultiple(of: 3)) })
  }

  /// What of one schema changes to another, in which every third table is another.
  static func diff(_ dialect: any Dialect) throws -> Subject {
    let before = try definition(isLater: false).snapshot(for: dialect)
    let after = try definition(isLater: true).snapshot(for: dialect)
    return Subject(.rowan) { operations, _ in
      var sum: UInt64 = 0
      for _ in 0..<operations {
        let diff = try SchemaDiff(from: before, to: after, capabilities: dialect.capabilities)
        sum &+= UInt64(diff.changes.count)
      }
      return sum
    }
  }

  /// The whole schema read from the catalogs.
  static func introspection(_ db: Database, _ execute: @escaping (String) throws -> Void) throws -> Subject {
    let emitter = db.dialect.makeDDLEmitter()
    let tables = (0..<count).map { table($0, isLater: false) }
    func drop() throws {
      for table in tables.reversed() {
        for sql in try emitter.dropTable(table, ifExists: true) { try execute(sql) }
      }
    }
    try drop()
    for table in tables {
      for sql in try emitter.createTable(table, ifNotExists: false) { try execute(sql) }
    }
    let introspector = db.dialect.makeIntrospector()
    return Subject(.rowan) { operations, _ in
      var sum: UInt64 = 0
      for _ in 0..<operations {
        let found = try await introspector.introspect(db, IntrospectionOptions()).schema
        guard found.tables.count >= count else { throw BenchmarkError("a table was not found") }
        sum &+= UInt64(found.tables.count)
      }
      return sum
    }.onClose {
      try? drop()
      await db.close()
    }
  }
}
