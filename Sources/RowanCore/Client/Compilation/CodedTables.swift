/// The codecs of the tables a statement names, and of the columns that expressions and queries pass on as they are.
final class CodedTables {
  private let lookup: CodecLookup
  private var tables: [ObjectIdentifier: CodedTable?] = [:]
  /// Keeps the tables alive whose addresses are keys.
  private var seen: [TableSchema] = []
  /// The columns, by the place of the plugin that gave the codec.
  private(set) var owners: [Int: [CodedColumn]] = [:]

  init(_ plugins: [any DatabasePlugin]) { lookup = CodecLookup(plugins: plugins) }

  private func table(_ table: TableSchema) throws -> CodedTable? {
    if let known = tables[ObjectIdentifier(table)] { return known }
    let coded = try lookup.codings(of: table)
    tables[ObjectIdentifier(table)] = .some(coded)
    seen.append(table)
    for (plugin, columns) in coded?.owners ?? [:] { owners[plugin, default: []] += columns }
    return coded
  }

  /// The table as the database has it.
  func stored(_ schema: TableSchema) throws -> TableSchema { try table(schema)?.stored ?? schema }

  /// The codec of a column.
  func coding(of schema: TableSchema, _ column: Int) throws -> ColumnCoding? { try table(schema)?.codings[column] }

  /// The codec of the column whose value `expr` passes on as it is.
  /// - Parameters:
  ///   - scopes: the queries around the expression.
  ///   - inner: queries inside those, outermost first, that are around it too.
  func coding(of expr: Expr, _ scopes: ScopeChain, within inner: [Select] = []) throws -> ColumnCoding? {
    switch expr {
    case .column(let ref):
      if let index = inner.lastIndex(where: { $0.scope == ref.scope }) {
        guard let source = inner[index].source(Int(ref.slot)) else { return nil }
        return try coding(of: source, Int(ref.column), scopes, within: Array(inner[...index]))
      }
      return try coding(of: try scopes.source(of: ref), Int(ref.column), scopes, within: inner)
    case .node(let node):
      switch node.kind {
      case .scalar(let select): return try outputs(of: select, scopes, within: inner).first ?? nil
      case .excluded(let column):
        guard case .table(let schema)? = scopes.target else { return nil }
        return try coding(of: schema, Int(column))
      case .groupKey: return try node.args.first.flatMap { try coding(of: $0, scopes, within: inner) }
      default: return nil
      }
    default: return nil
    }
  }

  private func coding(
    of source: FromSource, _ column: Int, _ scopes: ScopeChain, within inner: [Select]
  ) throws -> ColumnCoding? {
    switch source {
    case .table(let schema): return try coding(of: schema, column)
    case .select(let select):
      let outputs = try outputs(of: select, scopes, within: inner)
      return column < outputs.count ? outputs[column] : nil
    }
  }

  /// The codecs of what a query yields.
  func outputs(of select: Select, _ scopes: ScopeChain, within inner: [Select] = []) throws -> [ColumnCoding?] {
    try select.fieldList.map { try coding(of: $0.expr, scopes, within: inner + [select]) }
  }

  /// The codecs of the columns of a statement's rows.
  func results(of statement: Statement) throws -> [ColumnCoding?] {
    func returned(_ fields: Fields?, _ schema: TableSchema, _ scope: UInt8) throws -> [ColumnCoding?] {
      guard let fields else { return [] }
      var select = Select(scope: scope, base: .table(schema))
      select.fields = fields
      return try outputs(of: select, ScopeChain())
    }
    switch statement {
    case .select(let select): return try outputs(of: select, ScopeChain())
    case .insert(let insert): return try returned(insert.returning, insert.table, 0)
    case .update(let update): return try returned(update.returning, update.table, update.scope)
    case .delete(let delete): return try returned(delete.returning, delete.table, delete.scope)
    case .raw(let raw):
      guard let table = raw.table else { return [] }
      return try table.columns.indices.map { try coding(of: table, $0) }
    }
  }
}
