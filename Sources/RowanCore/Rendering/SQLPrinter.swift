/// Prints one statement as SQL, and on the way writes down what goes into each placeholder and what comes out.
///
/// A dialect overrides the small methods in which its SQL differs; everything else, the order of clauses included, is
/// here. A printer is used for one statement and thrown away.
open class SQLPrinter {
  /// The engine.
  public let dialect: any Dialect
  /// The text so far.
  public private(set) var sql = ""
  /// What goes into each placeholder, in the order of the text.
  public private(set) var binds: [BindStep] = []
  /// The type of each placeholder; nil where only the value tells.
  public private(set) var bindTypes: [SQLType?] = []
  /// What comes out in each column; empty where only the server knows.
  public internal(set) var results: [ResultStep] = []
  /// Whether words of SQL written by hand were printed.
  public internal(set) var isHandWritten = false
  /// The queries around what is being printed.
  public internal(set) var scopes = ScopeChain()
  /// What aliases start with: `t`, unless the table being changed has a name like an alias.
  var aliasPrefix = "t"
  /// The OVER clause that the next aggregate takes, so that a dialect may wrap the whole.
  var over: (() throws -> Void)?
  /// What is remembered of grouping keys.
  var groupKeys = GroupKeyMemory()
  /// The numbers of the placeholders printed so far, those that are repeated included.
  var numbers: ContiguousArray<Int> = []
  /// What the placeholders to come are called again; nil where they are new.
  var repeated: ArraySlice<Int>?
  /// How columns are printed after a set operation, where only its outputs can be seen; nil for those of outer queries.
  var outputs: ((ColumnRef) throws -> String?)?

  /// Makes a printer for `dialect`.
  public init(dialect: any Dialect) { self.dialect = dialect }

  /// Prints `statement`.
  /// - Throws: ``RowanError`` for a statement the engine cannot run; ``RowanError/Code/tooManyBinds`` for one with more
  ///   placeholders than it takes.
  public final func print(_ statement: Statement) throws {
    try NestingLimit.recursing(into: statement) { try write(statement) }
    if binds.count > dialect.capabilities.maxBinds { throw tooManyBinds(binds.count) }
  }

  private func write(_ statement: Statement) throws {
    try StatementCheck.check(statement)
    switch statement {
    case .select(let select): try self.select(select, .results)
    case .insert(let insert): try self.insert(insert)
    case .update(let update): try self.update(update)
    case .delete(let delete): try self.delete(delete)
    case .raw(let raw): try self.raw(raw)
    }
  }

  /// Appends `text` as it is.
  public final func emit(_ text: String) { sql += text }

  /// Appends an identifier, quoted.
  public final func emit(identifier: String) throws { sql += try dialect.quote(identifier) }

  /// Appends what `body` prints for each element, with `separator` in between.
  public final func emit<S: Sequence>(
    list: S, separator: String = ", ", _ body: (S.Element) throws -> Void
  ) rethrows {
    var isFirst = true
    for element in list {
      if !isFirst { sql += separator }
      isFirst = false
      try body(element)
    }
  }

  /// Appends what `body` prints, in parentheses if it binds less tightly than its place demands.
  public final func group(_ level: Precedence, in place: Precedence, _ body: () throws -> Void) rethrows {
    if level >= place { return try body() }
    sql += "("
    try body()
    sql += ")"
  }

  /// Appends a placeholder for `step`.
  public final func bind(_ step: BindStep, type: SQLType?) {
    if let known = repeated?.popFirst() {
      numbers.append(known)
      return sql += placeholder(known, type: type)
    }
    binds.append(step)
    bindTypes.append(type)
    numbers.append(binds.count)
    sql += placeholder(binds.count, type: type)
  }

  /// Appends `name(args…)`.
  public final func call(_ name: String, _ args: some Sequence<Expr>) throws {
    sql += name + "("
    try emit(list: args) { try expr($0) }
    sql += ")"
  }

  /// The error for a feature the engine lacks.
  public final func unsupported(_ feature: String, alternative: String) -> RowanError {
    .unsupported(feature, dialect: dialect.name, alternative: alternative)
  }

  /// The error for `count` placeholders where the engine takes fewer.
  public final func tooManyBinds(_ count: Int) -> RowanError {
    RowanError(
      .tooManyBinds,
      "the statement has \(count) placeholders; \(dialect.name) takes \(dialect.capabilities.maxBinds)",
      hint: "split it into several statements, or put the values into a table and join it")
  }

  /// The text of the `index`-th placeholder, counted from 1.
  open func placeholder(_ index: Int, type: SQLType?) -> String { "?" }

  /// Whether a placeholder may stand in several places, so that an expression can be said twice.
  open var placeholdersAreNumbered: Bool { false }

  /// One of several operands whose value the whole may take: of CASE, `coalesce` and their like.
  open func alternative(_ expr: Expr, hint: SQLType?) throws { try self.expr(expr, hint: hint) }

  /// Whether GROUP BY and ORDER BY may name what is selected by its place, and mean the same.
  open func hasPlace(_ expr: Expr) -> Bool { true }

  /// An output of a set operation, to be ordered by; `expr` is what its first arm selects.
  open func ordered(output: String, of expr: Expr) { emit(output) }

  /// A grouping key that is no plain column, outside GROUP BY.
  open func groupKey(_ use: GroupKeyUse, in place: Precedence) throws { try expr(use.expr, place) }

  /// The name of a table, quoted, with its namespace.
  open func table(_ table: TableSchema) throws {
    if let namespace = table.namespace {
      try emit(identifier: namespace)
      emit(".")
    }
    try emit(identifier: table.name)
  }

  /// A truth value.
  open func constant(_ value: Bool) { emit(value ? "TRUE" : "FALSE") }

  /// A value from the database handle.
  open func context(_ key: String, _ type: SQLType) { bind(.context(key), type: type) }

  /// A construct of this dialect's own.
  open func dialectNode(_ name: String, _ args: ContiguousArray<Expr>, in place: Precedence) throws {
    throw unsupported("the construct '\(name)'", alternative: "it belongs to another dialect")
  }

  /// An expression where it is compared, sorted or grouped by.
  open func compared(_ expr: Expr, hint: SQLType?) throws { try self.expr(expr, .concatenation, hint: hint) }

  /// `left op right`, for numbers and text.
  open func arithmetic(_ op: Arithmetic, _ left: Expr, _ right: Expr, in place: Precedence) throws {
    try plainArithmetic(op, left, right, in: place)
  }

  /// A function every dialect knows.
  open func function(_ name: FunctionName, _ args: ContiguousArray<Expr>, in place: Precedence) throws {
    switch name {
    case .coalesce, .greatest, .least, .nullIf:
      emit(plainName(of: name) + "(")
      try emit(list: args) { try alternative($0, hint: nil) }
      emit(")")
    default: try call(plainName(of: name), args)
    }
  }

  /// An aggregate.
  open func aggregate(
    _ name: AggregateName, distinct: Bool, _ args: ContiguousArray<Expr>, in place: Precedence
  ) throws {
    try plainAggregate(name, distinct: distinct, args)
  }

  /// `CAST(x AS type)`.
  open func cast(_ expr: Expr, to type: SQLType, in place: Precedence) throws {
    try plainCast(expr, to: try dialect.columnType(type))
  }

  /// `x [NOT] LIKE pattern`, case-sensitive unless it says otherwise.
  open func like(_ match: LikeMatch, in place: Precedence) throws { try plainLike(match, in: place) }

  /// `x [NOT] IN (…)` over one bound list.
  open func inList(_ membership: ListMembership, in place: Precedence) throws {
    try placeholderList(membership, in: place)
  }

  /// `x [NOT] IN (SELECT …)`.
  open func inSelect(_ expr: Expr, _ select: Select, negated: Bool, in place: Precedence) throws {
    try plainInSelect(expr, select, negated: negated, in: place)
  }

  /// `left IS [NOT] DISTINCT FROM right`; `negated` means equal.
  open func isDistinct(_ left: Expr, _ right: Expr, negated: Bool, in place: Precedence) throws {
    try group(.comparison, in: place) {
      try operand(left, beside: right)
      emit(negated ? " IS NOT DISTINCT FROM " : " IS DISTINCT FROM ")
      try operand(right, beside: left)
    }
  }

  /// The word between two sources of FROM.
  open func joinWord(_ kind: Join.Kind) throws -> String { try plainJoinWord(kind) }

  /// One term of ORDER BY, in a query or a window. `print` appends the ordered expression.
  open func ordering(_ order: SortOrder, _ print: () throws -> Void) throws {
    try print()
    emit(order.descending ? " DESC" : "")
    switch order.nulls {
    case .unspecified: break
    case .first: emit(" NULLS FIRST")
    case .last: emit(" NULLS LAST")
    }
  }

  /// Whether ``ordering(_:_:)`` prints `order` as more than one plain term.
  open func emulates(_ order: SortOrder) -> Bool { false }

  /// ` LIMIT … OFFSET …`.
  open func limit(_ limit: Expr?, offset: Expr?) throws {
    if let limit {
      emit(" LIMIT ")
      try expr(limit, hint: .bigint)
    }
    if let offset {
      emit(" OFFSET ")
      try expr(offset, hint: .bigint)
    }
  }

  /// ` FOR UPDATE`, `tables` being the aliases of the sources that can be locked; nil for all.
  open func rowLock(_ lock: RowLock, tables: [String]?) throws {
    emit(lock.strength == .update ? " FOR UPDATE" : " FOR SHARE")
    if let tables { emit(" OF " + tables.joined(separator: ", ")) }
    switch lock.wait {
    case .wait: break
    case .noWait: emit(" NOWAIT")
    case .skipLocked: emit(" SKIP LOCKED")
    }
  }

  /// An arm of a set operation that has clauses or arms of its own, or the ones before it: in parentheses.
  open func nestedArm(_ print: () throws -> Void) throws {
    emit("(")
    try print()
    emit(")")
  }

  /// Whether set operations without parentheses are all applied from the left.
  open var setOperationsHaveOnePrecedence: Bool { false }

  /// The assignments of SET in the order in which they are printed, all of them meaning the row as it was.
  open func ordered(_ assignments: ContiguousArray<Assignment>) throws -> ContiguousArray<Assignment> { assignments }

  /// What an assignment stores in `column`.
  open func assigned(_ value: Expr, to column: ColumnSchema) throws { try expr(value, hint: column.type) }

  /// ` VALUES (DEFAULT)`, `rows` times: the rows of an insert that sets no column.
  open func defaultRows(_ rows: Int, of table: TableSchema) throws {
    guard rows == 1 else {
      throw unsupported("inserting \(rows) rows of nothing but defaults at once", alternative: "insert them one by one")
    }
    emit(" DEFAULT VALUES")
  }

  /// The rows of an insert whose values come as one bound array per column.
  open func columnArrays(_ arrays: ContiguousArray<Expr>, of insert: InsertStatement) throws {
    throw unsupported("an insert from one array per column", alternative: "insert rows of values")
  }

  /// ` ON CONFLICT …`.
  open func conflict(_ conflict: Conflict, of insert: InsertStatement) throws {
    try plainConflict(conflict, of: insert)
  }

  /// A column of the row that an upsert could not insert.
  open func excluded(_ column: ColumnSchema) throws {
    emit("excluded.")
    try emit(identifier: column.name)
  }
}
