@testable import RowanCore

/// An engine without peculiarities, to compile for.
struct PlainDialect: Dialect {
  let name = "plain"
  var capabilities: Capabilities = {
    var capabilities = Capabilities()
    capabilities.insertReturning = true
    capabilities.updateReturning = true
    return capabilities
  }()
  let identifierQuote: Character = "\""
  func makePrinter() -> SQLPrinter { SQLPrinter(dialect: self) }
  func columnType(_ type: SQLType) throws -> String { "\(type)" }
  func makeDDLEmitter() -> any DDLEmitter { NoDDL() }

  private struct NoDDL: DDLEmitter {
    let names = ConstraintNames(maxBytes: 63)
    func createTable(_ table: TableSnapshot, ifNotExists: Bool) throws -> [String] { [] }
    func dropTable(_ name: ObjectName, ifExists: Bool) throws -> [String] { [] }
    func now() throws -> String { "" }
    func normalize(_ snapshot: SchemaSnapshot) throws -> SchemaSnapshot { snapshot }
    func statements(
      for changes: [SchemaChange], from before: SchemaSnapshot, to after: SchemaSnapshot, options: DDLOptions
    ) throws -> [SchemaStatement] { [] }
  }
}

/// Text with a mark before it, in another type.
struct Marking: ColumnCodec {
  var mark: String
  var storedType = SQLType.varchar(99)
  var isDeterministic = true

  func encode(_ value: SQLValue) throws(CodecFailure) -> SQLValue {
    guard case .text(let text) = value else { throw CodecFailure("not a text") }
    return .text(mark + text)
  }

  func decode(_ stored: SQLValue) throws(CodecFailure) -> SQLValue {
    guard case .text(let text) = stored, text.hasPrefix(mark) else { throw CodecFailure("the mark is missing") }
    return .text(String(text.dropFirst(mark.count)))
  }
}

/// Gives codecs to columns by name, and notes what it was asked.
struct CodecsByName: DatabasePlugin {
  var name = "by name"
  var codecs: [String: Marking]

  func codec(for column: ColumnSchema, of table: TableSchema) throws -> (any ColumnCodec)? { codecs[column.name] }
}

/// Puts a condition on the tenant, which the handle says, and a constant into every update.
struct ContextPlugin: DatabasePlugin {
  let name = "context"

  func rewrite(_ statement: Statement) throws -> Statement {
    switch statement {
    case .select(var select):
      select.and(.binary(.equal, .column(ColumnRef(Slot(0), 1)), .node(.context("tenant", .text))))
      return .select(select)
    case .update(var update):
      update.assignments.append(Assignment(1, .bind(.text("constant"))))
      return .update(update)
    default: return statement
    }
  }
}

enum CodecTables {
  static let notes = TableSchema(
    "notes",
    columns: [
      ColumnSchema("id", Int64.self, .primaryKey), ColumnSchema("code", String.self),
      ColumnSchema("text", String?.self),
      ColumnSchema("plain", String?.self),
    ])
  static let lines = TableSchema(
    "lines", columns: [ColumnSchema("id", Int64.self, .primaryKey), ColumnSchema("code", String.self)])

  /// `code` is deterministic, `text` is not; of both tables.
  static let codecs = CodecsByName(codecs: [
    "code": Marking(mark: "c:"), "text": Marking(mark: "t:", isDeterministic: false),
  ])

  static func column(_ index: UInt16, scope: UInt8 = 0, slot: UInt8 = 0) -> Expr {
    .column(ColumnRef(Slot(scope: scope, slot), index))
  }

  static func select(_ fields: Expr..., scope: UInt8 = 0, from table: TableSchema = notes) -> Select {
    var select = Select(scope: scope, base: .table(table))
    if !fields.isEmpty { select.fields = .list(ContiguousArray(fields.map { Field($0, type: .text) })) }
    return select
  }

  static func compile(_ statement: Statement, _ plugins: [any DatabasePlugin] = [codecs]) throws -> Compiled {
    try StatementCompiler(dialect: PlainDialect(), plugins: plugins).compile(statement, id: 0).1
  }

  /// What is bound, with `tenant` in the context.
  static func binds(_ statement: Statement, _ plugins: [any DatabasePlugin] = [codecs]) throws -> [SQLValue] {
    var context = ContextValues()
    context.values["tenant"] = .text("me")
    let compiled = try compile(statement, plugins)
    return Array(try compiled.resolve(try ShapeWalk.complete(statement).binds, context: context, waitsForCodecs: false))
  }
}
