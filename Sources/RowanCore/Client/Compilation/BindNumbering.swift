/// Replaces every bound value by a numbered parameter that knows its type: what plugins, lowering and printer see.
///
/// Numbers follow the order in which ``ShapeWalk`` collects the values. The type is that of the column the value meets;
/// where there is none, that of the value's kind, which is then part of the shape.
final class BindNumbering: TreeRewriter {
  private var next = 0
  private var expected: SQLType?

  /// The statement with parameters in place of values, and how many there are.
  static func number(_ statement: Statement) throws -> (Statement, count: Int) {
    let numbering = BindNumbering()
    let numbered = try numbering.rewrite(whole: statement)
    let walk = ShapeWalk.unlimited(statement)
    guard walk.binds.count == numbering.next else {
      throw RowanError.internalFailure("\(walk.binds.count) values were collected and \(numbering.next) numbered")
    }
    return (numbered, numbering.next)
  }

  private func parameter(_ type: SQLType?) -> Expr {
    defer { next += 1 }
    return .node(.parameter(index: next, type: type))
  }

  private func expecting<R>(_ type: SQLType?, _ body: () throws -> R) rethrows -> R {
    let outer = expected
    expected = type
    defer { expected = outer }
    return try body()
  }

  override func rewrite(_ expr: Expr) throws -> Expr {
    switch expr {
    case .bind(let value):
      return parameter(expected ?? SQLType(of: value))
    case .compare(let op, let ref, let value):
      _ = try source(of: ref)
      return .binary(op, .column(ref), parameter(type(of: ref) ?? SQLType(of: value)))
    case .column(let ref), .isNull(let ref):
      _ = try source(of: ref)
      return expr
    case .binary(let op, let left, let right):
      let new = try expecting(typeOf(right)) { try rewrite(left) }
      return .binary(op, new, try expecting(typeOf(left)) { try rewrite(right) })
    case .all, .any, .not:
      return try expecting(nil) { try super.rewrite(expr) }
    case .node:
      return try super.rewrite(expr)
    }
  }

  override func rewrite(_ node: ExprNode) throws -> Expr {
    switch node.kind {
    case .inList(let padded):
      guard let subject = node.args.first, let list = node.args.last, node.args.count == 2 else { break }
      let element = typeOf(subject)
      let new = try expecting(nil) { try rewrite(subject) }
      return .node(.inList(padded: padded), [new, try expecting(element.map { .array($0) }) { try rewrite(list) }])
    case .between, .isDistinct, .arithmetic:
      let type = firstType(node.args)
      return .node(ExprNode(node.kind, try expecting(type) { try rewrite(list: node.args) }))
    case .function(.coalesce), .function(.nullIf), .function(.greatest), .function(.least):
      let type = firstType(node.args)
      return .node(ExprNode(node.kind, try expecting(type) { try rewrite(list: node.args) }))
    case .cases(let hasElse):
      let type = firstType(values(of: node, hasElse)) ?? expected
      var args = ContiguousArray<Expr>()
      for (index, arg) in node.args.enumerated() {
        args.append(try expecting(isValue(index, of: node, hasElse) ? type : nil) { try rewrite(arg) })
      }
      return .node(ExprNode(node.kind, args))
    default: break
    }
    return try expecting(nil) { try super.rewrite(node) }
  }

  override func rewrite(_ select: Select) throws -> Select { try expecting(nil) { try super.rewrite(select) } }

  override func rewrite(_ assignment: Assignment, of table: TableSchema) throws -> Assignment {
    let type = Int(assignment.column) < table.columns.count ? table.columns[Int(assignment.column)].type : nil
    return Assignment(assignment.column, try expecting(type) { try rewrite(assignment.value) })
  }

  override func rewrite(
    _ source: InsertStatement.Source, of insert: InsertStatement
  ) throws -> InsertStatement.Source {
    let types = insert.columns.map { column in
      Int(column) < insert.table.columns.count ? insert.table.columns[Int(column)].type : nil
    }
    switch source {
    case .values(let values, let rows):
      var out = ContiguousArray<Expr>()
      out.reserveCapacity(values.count)
      for index in values.indices {
        out.append(parameter(types.isEmpty ? nil : types[index % types.count]))
      }
      return .expressions(out, rows: rows)
    case .expressions(let list, let rows):
      var out = ContiguousArray<Expr>()
      for (index, expr) in list.enumerated() {
        out.append(
          try expecting(types.isEmpty ? nil : types[index % types.count]) { try rewrite(expr) })
      }
      return .expressions(out, rows: rows)
    case .columnArrays(let list):
      var out = ContiguousArray<Expr>()
      for (index, expr) in list.enumerated() {
        let element = index < types.count ? types[index] : nil
        out.append(try expecting(element.map { .array($0) }) { try rewrite(expr) })
      }
      return .columnArrays(out)
    case .select: return try super.rewrite(source, of: insert)
    }
  }

  /// Conditions and values of a CASE take turns; what is left over is the value of ELSE.
  private func isValue(_ index: Int, of node: ExprNode, _ hasElse: Bool) -> Bool {
    index % 2 == 1 || (hasElse && index == node.args.count - 1)
  }

  private func values(of node: ExprNode, _ hasElse: Bool) -> ContiguousArray<Expr> {
    ContiguousArray(node.args.indices.filter { isValue($0, of: node, hasElse) }.map { node.args[$0] })
  }

  /// The first type that is known. Not a lazy map, whose `first` looks at it twice: over a chain of operators that
  /// doubles with each of them.
  private func firstType(_ list: ContiguousArray<Expr>) -> SQLType? {
    for expr in list { if let type = typeOf(expr) { return type } }
    return nil
  }

  private func typeOf(_ expr: Expr) -> SQLType? {
    switch expr {
    case .column(let ref): type(of: ref)
    case .node(let node):
      switch node.kind {
      case .cast(let type): type
      case .aggregate(.minimum, _), .aggregate(.maximum, _), .arithmetic, .groupKey:
        firstType(node.args)
      case .aggregate(.count, _): .bigint
      case .cases(let hasElse): firstType(values(of: node, hasElse))
      default: nil
      }
    default: nil
    }
  }
}

extension SQLType {
  /// The type a value travels as where no column says; nil for `NULL`.
  init?(of value: SQLValue) {
    switch value {
    case .null, .invalid: return nil
    case .bool: self = .boolean
    case .int: self = .bigint
    case .uint: self = .unsignedBigint
    case .double: self = .double
    case .text: self = .text
    case .bytes: self = .bytes
    case .uuid: self = .uuid
    case .timestamp: self = .timestamp
    case .date: self = .date
    case .time: self = .time
    case .interval: self = .interval
    case .decimal: self = .decimal(precision: 38, scale: 10)
    case .json: self = .json
    case .array(let list): self = .array(list.element)
    }
  }
}
