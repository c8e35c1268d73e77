/// Applies the codecs of columns to a statement: finds the values that have to be encoded, gives every coded column
/// its stored type, and refuses what a stored form cannot stand for.
///
/// Runs after the plugins' rewrites and before lowering, so that the dialect sees types as they are in the database
/// and never a codec. Which values to encode is noted by their numbers.
final class CodecPass: TreeRewriter {
  private let tables: CodedTables
  /// The values to encode, by number.
  private var sources: [Int: StatementCoding.Source] = [:]
  private var extras: [BindStep] = []
  private let valueCount: Int
  /// What is being done to the expression at hand, for messages.
  private var use = "used in an expression"

  private init(_ plugins: [any DatabasePlugin], valueCount: Int) {
    tables = CodedTables(plugins)
    self.valueCount = valueCount
  }

  /// The statement as the database is to see it, and what happens to its values, which is nil where nothing does.
  /// - Parameter valueCount: how many values of its own the statement has.
  static func apply(
    _ plugins: [any DatabasePlugin], to statement: Statement, valueCount: Int
  ) throws -> (Statement, StatementCoding?) {
    if plugins.isEmpty { return (statement, nil) }
    let pass = CodecPass(plugins, valueCount: valueCount)
    let tree = try pass.rewrite(whole: statement)
    if pass.tables.owners.isEmpty { return (statement, nil) }
    let results = try pass.tables.results(of: statement)
    let sources = pass.sources.values.sorted { $0.index < $1.index }
    let used = sources.map(\.coding) + results.compactMap { $0 }
    if used.isEmpty { return (tree, nil) }
    let steps = pass.tables.owners.sorted { $0.key < $1.key }.map { place, columns in
      CodecPreparation.Step(
        plugin: plugins[place], columns: columns.filter { column in used.contains { $0.applies(to: column) } })
    }
    return (
      tree,
      StatementCoding(
        sources: sources, extras: pass.extras, results: results.contains { $0 != nil } ? results : [],
        preparation: CodecPreparation(steps.filter { !$0.columns.isEmpty }))
    )
  }

  private func coding(of expr: Expr) throws -> ColumnCoding? { try tables.coding(of: expr, scopes) }

  private func coding(of schema: TableSchema, _ column: Int) throws -> ColumnCoding? {
    try tables.coding(of: schema, column)
  }

  private func outputs(of select: Select) throws -> [ColumnCoding?] { try tables.outputs(of: select, scopes) }

  private func stored(_ schema: TableSchema) throws -> TableSchema { try tables.stored(schema) }

  /// `value` where only a value of the column can stand, to be encoded when it is bound.
  private func encoded(_ value: Expr, _ coding: ColumnCoding, isList: Bool = false, _ use: String) throws -> Expr {
    let type: SQLType = isList ? .array(coding.storedType) : coding.storedType
    let index: Int
    switch value {
    case .bind(let constant): index = add(.constant(constant))
    case .node(let node):
      switch node.kind {
      case .parameter(let number, _): index = number
      case .context(let key, _): index = add(.context(key))
      case .constant(let constant): index = add(.constant(.bool(constant)))
      default: throw coding.refused(use)
      }
    default: throw coding.refused(use)
    }
    sources[index] = StatementCoding.Source(index: index, isList: isList, coding: coding)
    return .node(.parameter(index: index, type: type))
  }

  private func add(_ step: BindStep) -> Int {
    extras.append(step)
    return valueCount + extras.count - 1
  }

  /// Goes on below an expression whose own value is passed on as it is.
  private func passedOn(_ expr: Expr) throws -> Expr {
    guard case .node(let node) = expr else { return expr }
    if case .groupKey = node.kind, let key = node.args.first { return .node(node.kind, [try passedOn(key)]) }
    return try super.rewrite(node)
  }

  private func using<R>(_ what: String, _ body: () throws -> R) rethrows -> R {
    let outer = use
    use = what
    defer { use = outer }
    return try body()
  }

  /// A value of the column `target`, or of a column without a codec where that is nil.
  private func assigned(_ value: Expr, to target: ColumnCoding?, of column: ColumnSchema) throws -> Expr {
    let found = try coding(of: value)
    switch (target, found) {
    case (nil, nil): return try using("used to compute '\(column.name)'") { try rewrite(value) }
    case (let target?, nil): return try encoded(value, target, "set to anything but a value")
    case (nil, let found?): throw found.refused("copied into '\(column.name)', which has none")
    case (let target?, let found?):
      guard target.isSame(as: found) else { throw found.refused("copied into '\(column.name)', which has another") }
      return try passedOn(value)
    }
  }

  /// Two operands that are equal where their stored forms are.
  private func equal(_ left: Expr, _ right: Expr, isEquality: Bool = true) throws -> (Expr, Expr) {
    let codings = (try coding(of: left), try coding(of: right))
    guard let coding = codings.0 ?? codings.1 else { return (try rewrite(left), try rewrite(right)) }
    if !isEquality { throw coding.refused("compared by order") }
    if !coding.isDeterministic {
      throw coding.refused("compared: its codec gives equal values different stored forms")
    }
    switch codings {
    case (let a?, let b?):
      guard a.isSame(as: b) else { throw a.refused("compared with another column") }
      return (try passedOn(left), try passedOn(right))
    case (_?, nil): return (try passedOn(left), try encoded(right, coding, "compared with anything but a value"))
    default: return (try encoded(left, coding, "compared with anything but a value"), try passedOn(right))
    }
  }

  /// A column whose equal values are taken together.
  private func folded(_ expr: Expr, _ use: String) throws -> Expr {
    guard let coding = try coding(of: expr) else { return try using(use) { try rewrite(expr) } }
    try checkFolding(coding, use)
    return try passedOn(expr)
  }

  private func checkFolding(_ coding: ColumnCoding, _ use: String) throws {
    if !coding.isDeterministic { throw coding.refused("\(use): its codec gives equal values different stored forms") }
  }

  override func rewrite(_ source: FromSource) throws -> FromSource {
    switch source {
    case .table(let schema): .table(try stored(schema))
    case .select: try super.rewrite(source)
    }
  }

  override func rewrite(_ select: Select) throws -> Select {
    // What encloses a sub-query says nothing about what is in it.
    let out = try using("used in an expression") { try super.rewrite(select) }
    if select.distinct {
      for coding in try outputs(of: select) { if let coding { try checkFolding(coding, "selected as DISTINCT") } }
    }
    for arm in select.combined { try check(arm, beside: select) }
    return out
  }

  private func check(_ arm: SetArm, beside select: Select) throws {
    guard let inner = arm.select else { return }
    let left = try outputs(of: select), right = try outputs(of: inner)
    for index in 0..<Swift.max(left.count, right.count) {
      let codings = (index < left.count ? left[index] : nil, index < right.count ? right[index] : nil)
      guard let coding = codings.0 ?? codings.1 else { continue }
      if let a = codings.0, let b = codings.1, a.isSame(as: b) {
        if arm.kind != .unionAll { try checkFolding(coding, "combined with equal rows folded") }
      } else {
        throw coding.refused("combined with another column")
      }
    }
  }

  override func rewrite(_ fields: Fields) throws -> Fields {
    guard case .list(var list) = fields else { return fields }
    for index in list.indices {
      if let coding = try coding(of: list[index].expr) {
        list[index].expr = try passedOn(list[index].expr)
        list[index].type = coding.storedType
      } else {
        list[index].expr = try rewrite(list[index].expr)
      }
    }
    return .list(list)
  }

  override func rewrite(key: Expr) throws -> Expr { try folded(key, "grouped by") }

  override func rewrite(_ term: Ordering) throws -> Ordering {
    try using("ordered by") { try super.rewrite(term) }
  }

  override func rewrite(_ insert: InsertStatement) throws -> InsertStatement {
    for column in insert.conflict?.target ?? [] {
      if let coding = try coding(of: insert.table, Int(column)) { try checkFolding(coding, "what decides an upsert") }
    }
    var out = try super.rewrite(insert)
    out.table = try stored(insert.table)
    return out
  }

  override func rewrite(
    _ source: InsertStatement.Source, of insert: InsertStatement
  ) throws -> InsertStatement.Source {
    let columns = insert.columns.map { insert.table.columns[Int($0)] }
    let codings = try insert.columns.map { try coding(of: insert.table, Int($0)) }
    if columns.isEmpty { return try super.rewrite(source, of: insert) }
    func values(_ list: ContiguousArray<Expr>) throws -> ContiguousArray<Expr> {
      var out = ContiguousArray<Expr>()
      out.reserveCapacity(list.count)
      for (index, value) in list.enumerated() {
        let place = index % columns.count
        out.append(try assigned(value, to: codings[place], of: columns[place]))
      }
      return out
    }
    switch source {
    case .values(let list, let rows):
      return .expressions(try values(ContiguousArray(list.map { .bind($0) })), rows: rows)
    case .expressions(let list, let rows): return .expressions(try values(list), rows: rows)
    case .columnArrays(var list):
      for index in list.indices {
        if index < codings.count, let coding = codings[index] {
          list[index] = try encoded(list[index], coding, isList: true, "set to anything but a list of values")
        } else {
          list[index] = try rewrite(list[index])
        }
      }
      return .columnArrays(list)
    case .select(let select): return .select(try inserted(select, columns, codings))
    }
  }

  /// A query whose rows are inserted into `columns`.
  private func inserted(
    _ select: Select, _ columns: [ColumnSchema], _ codings: [ColumnCoding?]
  ) throws -> Select {
    var out = try rewrite(select)
    let outputs = try outputs(of: select)
    for index in 0..<Swift.min(columns.count, outputs.count) {
      switch (codings[index], outputs[index]) {
      case (nil, nil): continue
      case (nil, let found?): throw found.refused("copied into '\(columns[index].name)', which has none")
      case (let target?, let found?):
        guard target.isSame(as: found) else {
          throw found.refused("copied into '\(columns[index].name)', which has another")
        }
      case (let target?, nil):
        guard case .list(var list) = out.fields, select.combined.isEmpty else {
          throw target.refused("set to anything but a value")
        }
        list[index].expr = try encoded(list[index].expr, target, "set to anything but a value")
        list[index].type = target.storedType
        out.fields = .list(list)
      }
    }
    return out
  }

  override func rewrite(_ update: UpdateStatement) throws -> UpdateStatement {
    var out = try super.rewrite(update)
    out.table = try stored(update.table)
    return out
  }

  override func rewrite(_ delete: DeleteStatement) throws -> DeleteStatement {
    var out = try super.rewrite(delete)
    out.table = try stored(delete.table)
    return out
  }

  override func rewrite(_ assignment: Assignment, of table: TableSchema) throws -> Assignment {
    let column = Int(assignment.column)
    return Assignment(
      assignment.column,
      try assigned(assignment.value, to: try coding(of: table, column), of: table.columns[column]))
  }

  override func rewrite(_ raw: RawStatement) throws -> RawStatement {
    var out = try using("used in SQL written by hand") { try super.rewrite(raw) }
    if let table = raw.table {
      let stored = try stored(table)
      out.table = stored
      out.types = ContiguousArray(stored.columns.map(\.type))
    }
    return out
  }

  override func rewrite(_ expr: Expr) throws -> Expr {
    switch expr {
    case .column:
      if let coding = try coding(of: expr) { throw coding.refused(use) }
      return expr
    case .compare(let op, let ref, let value):
      if try coding(of: .column(ref)) == nil { return expr }
      return try rewrite(.binary(op, .column(ref), .bind(value)))
    case .binary(let op, let left, let right):
      let (left, right) = try equal(left, right, isEquality: op == .equal || op == .notEqual)
      return .binary(op, left, right)
    case .bind, .isNull, .all, .any, .not, .node: return try super.rewrite(expr)
    }
  }

  override func rewrite(_ node: ExprNode) throws -> Expr {
    let args = node.args
    switch node.kind {
    case .scalar, .excluded, .groupKey:
      if let coding = try coding(of: .node(node)) { throw coding.refused(use) }
      return try super.rewrite(node)
    case .isNull:
      guard let arg = args.first, try coding(of: arg) != nil else { return try super.rewrite(node) }
      return .node(.isNull, [try passedOn(arg)])
    case .isDistinct:
      guard args.count == 2 else { return try super.rewrite(node) }
      let (left, right) = try equal(args[0], args[1])
      return .node(node.kind, [left, right])
    case .inList:
      guard args.count == 2, let coding = try coding(of: args[0]) else {
        return try using("listed") { try super.rewrite(node) }
      }
      try checkFolding(coding, "looked for in a list")
      let list = try encoded(args[1], coding, isList: true, "looked for in anything but a list of values")
      return .node(node.kind, [try passedOn(args[0]), list])
    case .inSelect(let select):
      return try member(node, of: select)
    case .aggregate(.count, let distinct):
      guard args.count == 1, let coding = try coding(of: args[0]) else { return try super.rewrite(node) }
      if distinct { try checkFolding(coding, "counted by its different values") }
      return .node(node.kind, [try passedOn(args[0])])
    case .window(let partition, _): return try window(node, partition)
    default: return try using(node.kind.use) { try super.rewrite(node) }
    }
  }

  private func member(_ node: ExprNode, of select: Select) throws -> Expr {
    guard let subject = node.args.first else { return try super.rewrite(node) }
    let codings = (try coding(of: subject), try outputs(of: select).first ?? nil)
    guard let coding = codings.0 ?? codings.1 else { return try super.rewrite(node) }
    try checkFolding(coding, "looked for in a query")
    guard let a = codings.0, let b = codings.1, a.isSame(as: b) else {
      throw coding.refused("compared with another column")
    }
    return .node(.inSelect(try rewrite(select)), [try passedOn(subject)])
  }

  private func window(_ node: ExprNode, _ partition: Int) throws -> Expr {
    var args = ContiguousArray<Expr>()
    for (index, arg) in node.args.enumerated() {
      if index == 0 {
        args.append(try rewrite(arg))
      } else if index <= partition {
        args.append(try folded(arg, "partitioned by"))
      } else {
        args.append(try using("ordered by") { try rewrite(arg) })
      }
    }
    return .node(node.kind, args)
  }
}

extension NodeKind {
  /// What such a node does to its operands, for messages.
  fileprivate var use: String {
    switch self {
    case .function(let name): "passed to the function \(name.rawValue)"
    case .aggregate(let name, _): "aggregated by \(name.rawValue)"
    case .arithmetic: "calculated with"
    case .cast: "cast"
    case .cases: "used in CASE"
    case .between: "compared by order"
    case .like: "matched with a pattern"
    case .raw, .identifier: "used in SQL written by hand"
    case .dialect(let name): "passed to \(name)"
    default: "used in an expression"
    }
  }
}
