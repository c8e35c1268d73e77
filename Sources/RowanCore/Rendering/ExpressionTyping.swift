extension ScopeChain {
  /// The type of `expr`, as far as it follows from its columns, casts and functions.
  public func type(of expr: Expr) -> SQLType? {
    switch expr {
    case .column(let ref): type(of: ref)
    case .bind(let value): value.type
    case .compare, .isNull, .all, .any, .not, .binary: .boolean
    case .node(let node): type(of: node)
    }
  }

  private func type(of node: ExprNode) -> SQLType? {
    switch node.kind {
    case .function(let name): type(of: name, node.args)
    case .aggregate(let name, _): type(of: name, node.args)
    case .arithmetic(.concatenate): .text
    case .arithmetic: number(node.args.map { type(of: $0) })
    case .cast(let type): type
    case .cases(let hasElse): first(caseValues(node.args, hasElse: hasElse))
    case .window, .groupKey: node.args.first.flatMap { type(of: $0) }
    case .scalar(let select): select.type(ofColumn: 0)
    case .exists, .inSelect, .inList, .between, .like, .isDistinct, .isNull, .constant: .boolean
    case .context(_, let type): type
    case .parameter(_, let type): type
    case .excluded(let column): target?.type(ofColumn: Int(column))
    case .raw, .identifier, .dialect: nil
    }
  }

  /// The table that an INSERT, UPDATE or DELETE changes.
  var target: FromSource? { frames.last { $0.isTarget }?.sources.first }

  private func type(of function: FunctionName, _ args: ContiguousArray<Expr>) -> SQLType? {
    switch function {
    case .lower, .upper, .trim, .substring, .replace: .text
    case .length, .rowNumber, .rank, .denseRank: .bigint
    case .abs, .round, .floor, .ceiling, .lag, .lead, .nullIf: args.first.flatMap { type(of: $0) }
    case .coalesce, .greatest, .least: first(args)
    case .now: .timestamp
    }
  }

  private func type(of aggregate: AggregateName, _ args: ContiguousArray<Expr>) -> SQLType? {
    switch aggregate {
    case .count: return .bigint
    case .average: return .double
    case .minimum, .maximum: return args.first.flatMap { type(of: $0) }
    case .sum:
      guard let type = args.first.flatMap({ type(of: $0) }) else { return nil }
      return type.isInteger ? .bigint : type
    }
  }

  private func first(_ list: some Sequence<Expr>) -> SQLType? {
    for expr in list { if let type = type(of: expr) { return type } }
    return nil
  }

  private func caseValues(_ args: ContiguousArray<Expr>, hasElse: Bool) -> [Expr] {
    args.indices.filter { $0 % 2 == 1 || (hasElse && $0 == args.count - 1) }.map { args[$0] }
  }

  /// The wider of two numbers: a double swallows a decimal, a decimal an integer.
  private func number(_ types: [SQLType?]) -> SQLType? {
    if types.contains(where: { $0 == nil }) { return types.compactMap { $0 }.first { $0.isDecimal } }
    let known = types.compactMap { $0 }
    if let float = known.first(where: \.isFloatingPoint) { return float == .real ? .double : float }
    if let decimal = known.first(where: \.isDecimal) { return decimal }
    // Some engines have no other integer that holds it.
    if known.contains(.unsignedBigint), known.allSatisfy(\.isInteger) { return .unsignedBigint }
    return known.allSatisfy(\.isInteger) ? .bigint : known.first
  }
}

extension SQLType {
  /// Whether it is a whole number.
  public var isInteger: Bool {
    switch self {
    case .smallint, .integer, .bigint, .unsignedTinyint, .unsignedSmallint, .unsignedInteger, .unsignedBigint: true
    default: false
    }
  }

  /// Whether it is an exact decimal.
  public var isDecimal: Bool { if case .decimal = self { true } else { false } }

  /// Whether it is an IEEE 754 number.
  public var isFloatingPoint: Bool { self == .double || self == .real }

  /// Whether it is text.
  public var isText: Bool {
    switch self {
    case .char, .varchar, .text: true
    default: false
    }
  }
}

extension SQLValue {
  /// The type a bare value has; nil where it does not tell.
  public var type: SQLType? {
    switch self {
    case .null, .invalid: nil
    case .bool: .boolean
    case .int: .bigint
    case .uint: .unsignedBigint
    case .double: .double
    case .text: .text
    case .bytes: .bytes
    case .uuid: .uuid
    case .timestamp: .timestamp
    case .date: .date
    case .time: .time
    case .interval: .interval
    case .decimal: .decimal(precision: 38, scale: 0)
    case .json: .json
    case .array(let list): .array(list.element)
    }
  }
}
