/// Turns a statement into text and plans: plugins, then codecs, then the dialect's lowering, then its printer.
struct StatementCompiler: Sendable {
  let dialect: any Dialect
  let plugins: [any DatabasePlugin]
  var tag = ""

  /// Compiles `statement` under `id`.
  /// - Returns: the statement without its values, to find the shape by, and its compiled form.
  func compile(_ statement: Statement, id: Int) throws -> (key: Statement, Compiled) {
    try StatementCheck.check(statement)
    let key = try ShapeKey.strip(statement)
    var (tree, valueCount) = try BindNumbering.number(statement)
    for plugin in plugins {
      let before = tree
      do {
        tree = try plugin.rewrite(tree)
      } catch let error as RowanError {
        throw error
      } catch {
        throw RowanError(.pluginFailed, "the plugin '\(plugin.name)' could not rewrite the statement", cause: error)
      }
      try RewriteCheck.check(before, tree, plugin: plugin.name)
    }
    let facts = plugins.contains { $0.observesResults } ? try StatementFacts(of: tree) : nil
    let coding: StatementCoding?
    (tree, coding) = try CodecPass.apply(plugins, to: tree, valueCount: valueCount)
    let isPointRead = PointRead.applies(to: tree)
    tree = try dialect.lower(tree)
    let printer = dialect.makePrinter()
    try printer.print(tree)
    if let coding, !coding.results.isEmpty, coding.results.count != printer.results.count {
      throw RowanError.internalFailure(
        "\(coding.results.count) columns were looked up for codecs and \(printer.results.count) printed")
    }
    let compiled = Compiled(
      id: id, sql: printer.sql + tag, binds: printer.binds, bindTypes: printer.bindTypes, results: printer.results,
      access: tree.access, isPointRead: isPointRead, isReusable: true, coding: coding, facts: facts,
      isHandWritten: printer.isHandWritten)
    return (key, compiled)
  }
}

extension Statement {
  /// Whether it may change anything, or lock what it reads.
  var access: RawStatement.Access {
    switch self {
    case .select(let select): select.lock == nil ? .read : .write
    case .insert, .update, .delete: .write
    case .raw(let raw): raw.access
    }
  }
}
