import RowanCore

/// Prints the SQL of SQLite.
final class SQLitePrinter: SQLPrinter {
  override func table(_ table: TableSchema) throws {
    if table.namespace != nil {
      throw unsupported(
        "the namespace of table '\(table.name)'", alternative: "put the namespace into the table's name")
    }
    try emit(identifier: table.name)
  }

  /// `TRUE` would be taken for a column of that name.
  override func constant(_ value: Bool) { emit(value ? "1" : "0") }

  override func like(_ match: LikeMatch, in place: Precedence) throws { try self.match(match, in: place) }

  override func inList(_ membership: ListMembership, in place: Precedence) throws {
    try self.membership(membership, in: place)
  }

  override func isDistinct(_ left: Expr, _ right: Expr, negated: Bool, in place: Precedence) throws {
    try group(.comparison, in: place) {
      try operand(left, beside: right)
      emit(negated ? " IS " : " IS NOT ")
      try operand(right, beside: left)
    }
  }

  override func joinWord(_ kind: Join.Kind) throws -> String {
    if kind == .right, !dialect.capabilities.fullJoin {
      throw unsupported("RIGHT JOIN", alternative: "swap both sides and use a left join")
    }
    return try plainJoinWord(kind)
  }

  override func limit(_ limit: Expr?, offset: Expr?) throws {
    // OFFSET cannot stand alone. https://sqlite.org/lang_select.html#limitoffset
    if limit == nil, offset != nil { emit(" LIMIT -1") }
    try super.limit(limit, offset: offset)
  }

  override func rowLock(_ lock: RowLock, tables: [String]?) throws {
    throw unsupported(
      "a row lock", alternative: "use a write transaction, which no other writer can run beside")
  }

  /// Arms take no parentheses. https://sqlite.org/lang_select.html#compound_select_statements
  override func nestedArm(_ print: () throws -> Void) throws {
    emit("SELECT * FROM (")
    try print()
    emit(")")
  }

  override var setOperationsHaveOnePrecedence: Bool { true }

  override func cast(_ expr: Expr, to type: SQLType, in place: Precedence) throws {
    if case .decimal(_, let scale) = type { return try decimalRound(expr, scale: scale) }
    guard let dialect = dialect as? SQLiteDialect else { return try super.cast(expr, to: type, in: place) }
    try plainCast(expr, to: try dialect.castType(type))
  }

  override func function(_ name: FunctionName, _ args: ContiguousArray<Expr>, in place: Precedence) throws {
    switch (name, args.count) {
    case (.now, _): emit(SQLitePrinter.now)
    case (.length, _): try call("length", args)
    // With one operand these would be aggregates, or refused.
    case (.greatest, 1), (.least, 1), (.coalesce, 1): try expr(args[0], place)
    // Without a column among them, they would be compared by their characters.
    case (.greatest, _) where args.contains(where: isDecimal): try collated(call: "max", args)
    case (.least, _) where args.contains(where: isDecimal): try collated(call: "min", args)
    case (.nullIf, _) where args.contains(where: isDecimal): try collated(call: "nullif", args)
    case (.greatest, _): try call("max", args)
    case (.least, _): try call("min", args)
    case (.round, 1), (.floor, 1), (.ceiling, 1): try rounding(name, args[0], in: place)
    case (.abs, 1) where isDecimal(args[0]):
      try call("rowan_decimal_abs", args)
    default: try super.function(name, args, in: place)
    }
  }

  /// Microseconds since 1970. The clock behind it has milliseconds.
  /// https://sqlite.org/lang_datefunc.html
  static let now = "(CAST(round((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000)"

  /// `floor` and `ceil` exist only in libraries built with mathematical functions.
  private func rounding(_ name: FunctionName, _ inner: Expr, in place: Precedence) throws {
    let type = scopes.type(of: inner)
    if type?.isInteger == true { return try expr(inner, place) }
    if type?.isDecimal == true, name == .round { return try decimalRound(inner, scale: 0) }
    if name == .round { return try super.function(.round, [inner], in: place) }
    if type?.isDecimal == true {
      throw unsupported("\(name.rawValue) of a decimal", alternative: "round it, or compute it in Swift")
    }
    // From 2^53 on, every double is whole.
    emit("CASE WHEN abs(")
    try expr(inner)
    emit(") < 9007199254740992.0 THEN CAST(CAST(")
    try expr(inner)
    emit(" AS INTEGER) \(name == .floor ? "-" : "+") (")
    try expr(inner, .concatenation)
    emit(name == .floor ? " < CAST(" : " > CAST(")
    try expr(inner)
    emit(" AS INTEGER)) AS REAL) ELSE ")
    try expr(inner)
    emit(" END")
  }

  override func arithmetic(_ op: Arithmetic, _ left: Expr, _ right: Expr, in place: Precedence) throws {
    if op != .concatenate, isDecimal(left) || isDecimal(right) { return try decimal(op, left, right) }
    let types = [left, right].map { scopes.type(of: $0) }
    guard op == .remainder, types.contains(.double) || types.contains(.real) else {
      return try plainArithmetic(op, left, right, in: place)
    }
    // `%` is of integers only.
    try group(.sum, in: place) {
      try expr(left, .sum)
      emit(" - ")
      try expr(right, .product)
      emit(" * CAST(")
      try infix(.product, " / ", left, right, in: .any)
      emit(" AS INTEGER)")
    }
  }

  override func assigned(_ value: Expr, to column: ColumnSchema) throws {
    if let range = checkedRange(of: value, for: column) { return try checked(value, for: column, within: range) }
    try super.assigned(value, to: column)
  }

  override func aggregate(
    _ name: AggregateName, distinct: Bool, _ args: ContiguousArray<Expr>, in place: Precedence
  ) throws {
    guard let first = args.first, isDecimal(first), name != .count else {
      return try plainAggregate(name, distinct: distinct, args)
    }
    switch name {
    case .sum: try aggregateCall("rowan_decimal_sum", distinct: distinct) { try expr(first) }
    case .average:
      emit("CAST(")
      try aggregateCall("rowan_decimal_avg", distinct: distinct) { try expr(first) }
      emit(" AS REAL)")
    default: try aggregateCall(plainName(of: name), distinct: distinct) { try collated(first) }
    }
  }

  /// A place has the collation of a column alone.
  override func hasPlace(_ expr: Expr) -> Bool { !isDecimal(expr) || isColumn(expr) }

  override func ordered(output: String, of expr: Expr) {
    emit(output)
    if !hasPlace(expr) { emit(" COLLATE \(SQLitePrinter.decimalCollation)") }
  }

  /// What is no column has no collation: sorted or compared without, decimals would go by their characters.
  override func compared(_ expr: Expr, hint: SQLType?) throws {
    if isDecimal(expr), !isColumn(expr), BoundOperand(expr) == nil { return try collated(expr) }
    try super.compared(expr, hint: hint)
  }
}
