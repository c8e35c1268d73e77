import RowanCore

/// Prints the SQL of PostgreSQL.
final class PostgresPrinter: SQLPrinter {
  override func placeholder(_ index: Int, type: SQLType?) -> String { "$\(index)" }

  override var placeholdersAreNumbered: Bool { true }

  /// A sub-query sees only columns of the grouped rows, and aggregates of them. Not every type has a smallest value, but
  /// whatever is grouped by is sorted. https://www.postgresql.org/docs/current/functions-aggregate.html
  override func groupKey(_ use: GroupKeyUse, in place: Precedence) throws {
    guard use.isInSubQuery else { return try super.groupKey(use, in: place) }
    emit("mode() WITHIN GROUP (ORDER BY ")
    try expr(use.expr)
    emit(")")
  }

  /// The backslash escapes in patterns whatever the session's settings, so that a user's pattern needs no rewriting.
  /// https://www.postgresql.org/docs/current/functions-matching.html#FUNCTIONS-LIKE
  override func like(_ match: LikeMatch, in place: Precedence) throws {
    try group(.comparison, in: place) {
      try expr(match.text, .concatenation)
      emit(match.word(match.caseInsensitive ? "ILIKE" : "LIKE"))
      if match.kind == .pattern {
        try expr(match.operand, .concatenation, hint: .text)
      } else {
        try likeOperand(match, escape: LikePattern.userEscape)
      }
    }
  }

  override func inList(_ membership: ListMembership, in place: Precedence) throws {
    guard let list = BoundOperand(membership.list) else {
      throw RowanError.internalFailure("a list of values is not bound")
    }
    try group(.comparison, in: place) {
      try compared(membership.expr, hint: nil)
      emit(membership.negated ? " <> ALL (" : " = ANY (")
      bind(list.step, type: elementType(of: membership).map { .array($0) })
      emit(")")
    }
  }

  override func function(_ name: FunctionName, _ args: ContiguousArray<Expr>, in place: Precedence) throws {
    switch name {
    case .now: emit("CURRENT_TIMESTAMP")
    // These would make a whole number a numeric or a double.
    case .round, .floor, .ceiling:
      guard let first = args.first, let type = scopes.type(of: first) else { return try call(name, args) }
      if type.isInteger { return try expr(first, place) }
      if name == .round, args.count == 1, type.isFloatingPoint { return try roundAway(first, truncate: "trunc", "") }
      try call(name, args)
    // The functions take 32-bit integers only, and a bound Int has 64.
    case .substring, .lag, .lead:
      emit(plainName(of: name) + "(")
      try emit(list: args.indices) { index in
        if index == 1 || (index == 2 && name == .substring) {
          try plainCast(args[index], to: "integer")
        } else {
          try expr(args[index])
        }
      }
      emit(")")
    default: try call(name, args)
    }
  }

  private func call(_ name: FunctionName, _ args: ContiguousArray<Expr>) throws { try call(plainName(of: name), args) }

  /// `sum(bigint)` and every `avg` of integers are numeric; they are read as what the argument suggests.
  /// https://www.postgresql.org/docs/current/functions-aggregate.html
  override func aggregate(
    _ name: AggregateName, distinct: Bool, _ args: ContiguousArray<Expr>, in place: Precedence
  ) throws {
    let type = args.first.flatMap { scopes.type(of: $0) }
    let result: String? =
      switch name {
      case .sum where type?.isInteger == true: "bigint"
      case .average: "double precision"
      default: nil
      }
    if result != nil { emit("CAST(") }
    try plainAggregate(name, distinct: distinct, args)
    if let result { emit(" AS \(result))") }
  }

  /// There is no remainder of doubles; numeric has one.
  override func arithmetic(_ op: Arithmetic, _ left: Expr, _ right: Expr, in place: Precedence) throws {
    let types = [left, right].map { scopes.type(of: $0) }
    // Numbers beyond 63 bits are decimals here, whose quotient has a fraction.
    if op == .divide, types.contains(.unsignedBigint), types.allSatisfy({ $0?.isInteger ?? true }) {
      return try call("div", [left, right])
    }
    guard op == .remainder, types.contains(.double) || types.contains(.real) else {
      return try plainArithmetic(op, left, right, in: place)
    }
    emit("CAST(")
    try plainCast(left, to: "numeric")
    emit(" % ")
    try plainCast(right, to: "numeric")
    emit(" AS double precision)")
  }

  /// A double becomes an integer towards zero, as in Swift; a plain cast would round.
  override func cast(_ inner: Expr, to type: SQLType, in place: Precedence) throws {
    guard type.isInteger, let source = scopes.type(of: inner), source.isFloatingPoint || source.isDecimal else {
      return try super.cast(inner, to: type, in: place)
    }
    emit("CAST(trunc(")
    try expr(inner)
    emit(") AS \(try dialect.columnType(type)))")
  }

  override func conflict(_ conflict: Conflict, of insert: InsertStatement) throws {
    if conflict.target.isEmpty, case .update = conflict.action {
      throw unsupported(
        "an upsert that does not say which columns conflict", alternative: "name the columns of the unique constraint")
    }
    try plainConflict(conflict, of: insert)
  }

  override func defaultRows(_ rows: Int, of table: TableSchema) throws {
    guard rows > 1, let column = table.columns.first else { return try super.defaultRows(rows, of: table) }
    emit(" (")
    try emit(identifier: column.name)
    emit(") VALUES ")
    emit(list: 0..<rows) { _ in emit("(DEFAULT)") }
  }

  /// One text for any number of rows. The ordinals keep the rows, and what RETURNING gives back, in order.
  override func columnArrays(_ arrays: ContiguousArray<Expr>, of insert: InsertStatement) throws {
    let sources = zip(arrays, insert.columns.map { insert.table.columns[Int($0)] }).map { ($0, $1, isArray($0)) }
    let names = sources.indices.filter { sources[$0].2 }.map { "c\($0)" }
    emit(" SELECT ")
    try emit(list: sources.indices) { index in
      let (value, column, isArray) = sources[index]
      if isArray { return emit("u.c\(index)") }
      emit("CAST(")
      try expr(value, hint: column.type)
      emit(" AS \(try dialect.columnType(column.type)))")
    }
    emit(" FROM unnest(")
    try emit(list: sources.filter(\.2)) { array, column, _ in
      if case .array = column.type {
        throw unsupported("an array of arrays for column '\(column.name)'", alternative: "insert rows of values")
      }
      emit("CAST(")
      try expr(array, hint: .array(column.type))
      emit(" AS \(try dialect.columnType(.array(column.type))))")
    }
    emit(") WITH ORDINALITY AS u(\(names.joined(separator: ", ")), n) ORDER BY u.n")
  }

  /// What a plugin added is one value, not one for each row.
  private func isArray(_ source: Expr) -> Bool {
    switch source {
    case .bind: return true
    case .node(let node): if case .parameter = node.kind { return true } else { return false }
    default: return false
    }
  }
}
