import RowanCore

/// A schema made by chance. Its parts know one another by numbers, so that anything can be called otherwise.
struct PairSchema: Sendable {
  struct Column: Sendable {
    var id: Int
    var name: String
    var former: String?
    var type: SQLType
    var isNullable = true
    /// Whether one of its rows is `NULL`.
    var hasNulls = false
    var defaultValue: ColumnDefault?
    /// The column of whole numbers it is computed from.
    var computedFrom: Int?
    var comment: String?
    var role = Role.plain
  }

  enum Role: Sendable { case plain, key, reference, violation }

  struct Check: Sendable {
    var column: Int
    /// What the column is compared with, after its name; for text, after the length of it.
    var condition: String
    var name: String?
  }

  struct Key: Sendable {
    /// The table referred to: its whole primary key.
    var target: Int
    var columns: [Int]
    var onDelete: ForeignKeyAction
    var onUpdate: ForeignKeyAction
    var deferral: ConstraintDeferral
    var name: String?
  }

  struct Index: Sendable {
    var columns: [Int]
    var isUnique = false
    var isDescending = false
    var isPartial = false
    var isExpression = false
    var name: String?
  }

  struct Unique: Sendable {
    var columns: [Int]
    var name: String?
  }

  struct Table: Sendable {
    var id: Int
    var name: String
    var former: String?
    var comment: String?
    var columns: [Column]
    /// How many columns at the front are its primary key.
    var keyLength: Int
    var isGenerated: Bool
    var uniques: [Unique] = []
    var checks: [Check] = []
    var keys: [Key] = []
    var indexes: [Index] = []

    func column(_ id: Int) -> Column? { columns.first { $0.id == id } }
    func position(_ id: Int) -> Int? { columns.firstIndex { $0.id == id } }

    /// Whether any constraint or index is over the column.
    func isKeyed(_ id: Int) -> Bool {
      uniques.contains { $0.columns.contains(id) } || indexes.contains { $0.columns.contains(id) }
        || keys.contains { $0.columns.contains(id) }
    }

    /// Whether an expression mentions the column.
    func isMentioned(_ id: Int) -> Bool {
      checks.contains { $0.column == id } || columns.contains { $0.computedFrom == id }
        || indexes.contains { $0.isExpression && $0.columns.contains(id) }
    }
  }

  struct View: Sendable {
    var name: String
    var table: Int
    var column: Int
  }

  var tables: [Table] = []
  var views: [View] = []

  func table(_ id: Int) -> Table? { tables.first { $0.id == id } }
}

extension PairSchema {
  /// What a program would declare.
  func definition(_ dialect: any Dialect) throws -> SchemaDefinition {
    SchemaDefinition(
      schemas: try tables.map { try schema($0, dialect) },
      views: try views.compactMap { view in
        guard let table = table(view.table), let column = table.column(view.column) else { return nil }
        let key = try dialect.quote(table.columns[0].name), name = try dialect.quote(column.name)
        return ViewSnapshot(
          ObjectName(view.name),
          query: SchemaExpression("SELECT \(key) AS a, \(name) AS b FROM \(try dialect.quote(table.name))"))
      })
  }

  private func schema(_ table: Table, _ dialect: any Dialect) throws -> TableSchema {
    func names(_ ids: [Int]) -> [String] { ids.compactMap { table.column($0)?.name } }
    return TableSchema(
      table.name, columns: try table.columns.enumerated().map { try schema($1, $0, table, dialect) },
      indexes: try table.indexes.map { try schema($0, table, dialect) },
      uniques: table.uniques.map { UniqueSchema(names($0.columns), name: $0.name) },
      checks: try table.checks.compactMap { check in
        guard let column = table.column(check.column) else { return nil }
        let name = try dialect.quote(column.name)
        let subject = PairValues.isText(column.type) ? "length(\(name))" : name
        return CheckSchema("\(subject) \(check.condition)", name: check.name)
      },
      foreignKeys: table.keys.compactMap { key in
        guard let target = self.table(key.target) else { return nil }
        return CompositeKeySchema(
          names(key.columns), references: target.name, target.columns.prefix(target.keyLength).map(\.name),
          name: key.name, onDelete: key.onDelete, onUpdate: key.onUpdate, deferral: key.deferral)
      }, comment: table.comment, renamedFrom: table.former)
  }

  private func schema(
    _ column: Column, _ position: Int, _ table: Table, _ dialect: any Dialect
  ) throws -> ColumnSchema {
    var schema = ColumnSchema(
      column.name, String.self, .type(column.type), default: column.defaultValue, renamedFrom: column.former)
    schema.isNullable = column.isNullable
    schema.comment = column.comment
    schema.isPrimaryKey = position < table.keyLength
    schema.isGenerated = position == 0 && table.isGenerated
    if let source = column.computedFrom.flatMap({ table.column($0) }) {
      schema.computed = ComputedSchema("\(try dialect.quote(source.name)) + 1")
    }
    return schema
  }

  private func schema(_ index: Index, _ table: Table, _ dialect: any Dialect) throws -> IndexSchema {
    let columns = index.columns.compactMap { table.column($0)?.name }
    let first = try dialect.quote(columns.first ?? "")
    let elements = columns.map { index.isDescending ? IndexElement.descending($0) : .column($0) }
    return IndexSchema(
      elements: index.isExpression ? [.expression("lower(\(first))")] : elements, name: index.name,
      unique: index.isUnique, where: index.isPartial ? "\(first) IS NOT NULL" : nil)
  }
}
