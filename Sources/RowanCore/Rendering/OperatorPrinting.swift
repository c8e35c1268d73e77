extension SQLPrinter {
  /// Prints one side of a comparison; a bound value takes the type of what it is compared with.
  public final func operand(_ side: Expr, beside other: Expr) throws {
    try compared(side, hint: BoundOperand(side) == nil ? nil : scopes.type(of: other))
  }

  /// `left op right`.
  public final func comparison(_ op: Comparison, _ left: Expr, _ right: Expr, in place: Precedence) throws {
    try group(.comparison, in: place) {
      try operand(left, beside: right)
      emit(symbol(op))
      try operand(right, beside: left)
    }
  }

  /// The operator with blanks around it.
  public final func symbol(_ op: Comparison) -> String {
    switch op {
    case .equal: " = "
    case .notEqual: " <> "
    case .less: " < "
    case .lessOrEqual: " <= "
    case .greater: " > "
    case .greaterOrEqual: " >= "
    }
  }

  /// `left op right`, with `||` for text.
  public final func plainArithmetic(_ op: Arithmetic, _ left: Expr, _ right: Expr, in place: Precedence) throws {
    let (level, symbol): (Precedence, String) =
      switch op {
      case .add: (.sum, " + ")
      case .subtract: (.sum, " - ")
      case .multiply: (.product, " * ")
      case .divide: (.product, " / ")
      case .remainder: (.product, " % ")
      case .concatenate: (.concatenation, " || ")
      }
    try infix(level, symbol, left, right, in: place)
  }

  /// `left symbol right`, applied from the left. Engines differ in how tightly `||` binds, so that it takes only whole
  /// operands or more of itself.
  public final func infix(
    _ level: Precedence, _ symbol: String, _ left: Expr, _ right: Expr, in place: Precedence
  ) throws {
    try group(level, in: place) {
      if level == .concatenation, case .node(let node) = left, case .arithmetic(.concatenate) = node.kind {
        try expr(left, .concatenation)
      } else {
        try expr(left, level == .concatenation ? .atom : level)
      }
      emit(symbol)
      try expr(right, level == .sum ? .product : .atom)
    }
  }

  /// The name most engines give a function.
  public final func plainName(of function: FunctionName) -> String {
    switch function {
    case .lower: "lower"
    case .upper: "upper"
    case .trim: "trim"
    case .length: "char_length"
    case .abs: "abs"
    case .round: "round"
    case .floor: "floor"
    case .ceiling: "ceil"
    case .coalesce: "coalesce"
    case .nullIf: "nullif"
    case .substring: "substr"
    case .replace: "replace"
    case .now: "now"
    case .rowNumber: "row_number"
    case .rank: "rank"
    case .denseRank: "dense_rank"
    case .lag: "lag"
    case .lead: "lead"
    case .greatest: "greatest"
    case .least: "least"
    }
  }

  /// The name every engine gives an aggregate.
  public final func plainName(of aggregate: AggregateName) -> String {
    switch aggregate {
    case .count: "count"
    case .sum: "sum"
    case .average: "avg"
    case .minimum: "min"
    case .maximum: "max"
    }
  }

  /// `count(*)`, `sum(DISTINCT x)` and the like, with the OVER clause if it stands in a window.
  public final func plainAggregate(_ name: AggregateName, distinct: Bool, _ args: ContiguousArray<Expr>) throws {
    try aggregateCall(plainName(of: name), distinct: distinct) {
      if args.isEmpty { emit("*") } else { try emit(list: args) { try expr($0) } }
    }
  }

  /// `name(DISTINCT …)` over what `args` prints, with the OVER clause if it stands in a window.
  public final func aggregateCall(_ name: String, distinct: Bool, _ args: () throws -> Void) throws {
    let over = self.over
    self.over = nil
    emit(name + (distinct ? "(DISTINCT " : "("))
    try args()
    emit(")")
    try over?()
  }

  /// A double rounded half away from zero, as Swift rounds, on engines that round half to even.
  /// - Parameters:
  ///   - truncate: the function that cuts the fraction off.
  ///   - digits: what stands behind its operand.
  public final func roundAway(_ inner: Expr, truncate: String, _ digits: String) throws {
    emit("CASE WHEN abs(")
    try expr(inner, .sum)
    emit(" - \(truncate)(")
    try expr(inner)
    emit("\(digits))) = 0.5 THEN \(truncate)(")
    try expr(inner)
    emit("\(digits)) + sign(")
    try expr(inner)
    emit(") ELSE round(")
    try expr(inner)
    emit(") END")
  }

  /// `CAST(x AS name)`.
  public final func plainCast(_ inner: Expr, to name: String) throws {
    emit("CAST(")
    try expr(inner)
    emit(" AS \(name))")
  }

  /// `x LIKE pattern ESCAPE '|'`. The escaping character is not the backslash, since the meaning of that one in a
  /// literal depends on settings of the session.
  public final func plainLike(_ match: LikeMatch, word: String = "LIKE", in place: Precedence) throws {
    try group(.comparison, in: place) {
      try expr(match.text, .concatenation)
      emit(match.word(word))
      try likeOperand(match, escape: "|")
      emit(" ESCAPE '|'")
    }
  }

  /// Prints the bound pattern of `match`, rewritten for LIKE with `escape`.
  public final func likeOperand(_ match: LikeMatch, escape: Unicode.Scalar) throws {
    let kind = match.kind
    try patternOperand(match) { text in
      kind == .pattern
        ? try LikePattern.pattern(text, escape: escape) : LikePattern.literal(text, kind, escape: escape)
    }
  }

  /// Prints the bound pattern of `match`, rewritten when it is bound.
  public final func patternOperand(
    _ match: LikeMatch, _ rewrite: @escaping @Sendable (String) throws -> String
  ) throws {
    guard let step = try BoundOperand(match.operand)?.transformed(by: { try LikePattern.apply(to: $0, rewrite) }) else {
      throw unsupported(
        "matching text against an expression", alternative: "match against a bound text, or write it as raw SQL")
    }
    bind(step, type: .text)
  }

  /// `x IN (?, ?, …)`, as many placeholders as the list is padded to.
  public final func placeholderList(_ membership: ListMembership, in place: Precedence) throws {
    guard let list = BoundOperand(membership.list) else {
      throw RowanError.internalFailure("a list of values is not bound")
    }
    let element = elementType(of: membership)
    let steps: [BindStep]
    switch list.step {
    case .source(let index):
      if binds.count + membership.padded > dialect.capabilities.maxBinds {
        throw tooManyBinds(binds.count + membership.padded)
      }
      steps = (0..<membership.padded).map { .padded(index, position: $0) }
    case .constant(.array(let array)): steps = array.values.map { .constant($0) }
    default: throw RowanError.internalFailure("a list of values is neither a parameter nor an array")
    }
    if steps.isEmpty { return constant(membership.negated) }
    try group(.comparison, in: place) {
      try compared(membership.expr, hint: nil)
      emit(membership.negated ? " NOT IN (" : " IN (")
      emit(list: steps) { bind($0, type: element) }
      emit(")")
    }
  }

  /// The type of a list's elements: that of what is looked for, else what the list says.
  public final func elementType(of membership: ListMembership) -> SQLType? {
    if let type = scopes.type(of: membership.expr) { return type }
    if case .array(let element)? = scopes.type(of: membership.list) { return element }
    return nil
  }

  /// `x IN (SELECT …)`.
  public final func plainInSelect(_ inner: Expr, _ select: Select, negated: Bool, in place: Precedence) throws {
    try group(.comparison, in: place) {
      try compared(inner, hint: nil)
      emit(negated ? " NOT IN " : " IN ")
      try nested(select, .scalar)
    }
  }
}
