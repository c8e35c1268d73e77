extension Expr {
  /// Whether both have the same form, bound values apart. Expressions with sub-queries are not compared.
  func matches(_ other: Expr) -> Bool {
    switch (self, other) {
    case (.column(let left), .column(let right)): left == right
    case (.bind(let left), .bind(let right)): left.kind == right.kind
    case (.compare(let op, let left, _), .compare(let other, let right, _)): op == other && left == right
    case (.isNull(let left), .isNull(let right)): left == right
    case (.all(let left), .all(let right)), (.any(let left), .any(let right)): Expr.match(left, right)
    case (.not(let left), .not(let right)): left.matches(right)
    case (.binary(let op, let a, let b), .binary(let other, let c, let d)): op == other && a.matches(c) && b.matches(d)
    case (.node(let left), .node(let right)): left.kind.matches(right.kind) && Expr.match(left.args, right.args)
    default: false
    }
  }

  private static func match(_ left: ContiguousArray<Expr>, _ right: ContiguousArray<Expr>) -> Bool {
    left.count == right.count && zip(left, right).allSatisfy { $0.matches($1) }
  }

  /// Whether it holds for every row, or for none; nil where that depends.
  var constant: Bool? {
    switch self {
    case .all(let list):
      list.contains { $0.constant == false } ? false : list.allSatisfy { $0.constant == true } ? true : nil
    case .any(let list):
      list.contains { $0.constant == true } ? true : list.allSatisfy { $0.constant == false } ? false : nil
    case .not(let inner): inner.constant.map { !$0 }
    case .node(let node):
      switch node.kind {
      case .constant(let value): value
      case .groupKey: node.args.first?.constant
      default: nil
      }
    default: nil
    }
  }

  /// Whether a placeholder stands somewhere in it.
  var hasPlaceholder: Bool {
    switch self {
    case .column, .isNull: return false
    case .bind, .compare: return true
    case .all(let list), .any(let list): return list.contains(where: \.hasPlaceholder)
    case .not(let inner): return inner.hasPlaceholder
    case .binary(_, let left, let right): return left.hasPlaceholder || right.hasPlaceholder
    case .node(let node):
      switch node.kind {
      case .parameter, .context: return true
      default: return node.args.contains(where: \.hasPlaceholder)
      }
    }
  }
}

extension NodeKind {
  fileprivate func matches(_ other: NodeKind) -> Bool {
    switch (self, other) {
    case (.function(let left), .function(let right)): left == right
    case (.aggregate(let left, let a), .aggregate(let right, let b)): left == right && a == b
    case (.arithmetic(let left), .arithmetic(let right)): left == right
    case (.cast(let left), .cast(let right)): left == right
    case (.cases(let left), .cases(let right)): left == right
    case (.window(let left, let a), .window(let right, let b)): left == right && a == b
    case (.inList(let left), .inList(let right)): left == right
    case (.between, .between), (.isNull, .isNull): true
    case (.like(let left, let a), .like(let right, let b)): left == right && a == b
    case (.isDistinct(let left), .isDistinct(let right)): left == right
    case (.constant(let left), .constant(let right)): left == right
    case (.raw(let left), .raw(let right)): left == right
    case (.identifier(let left), .identifier(let right)): left == right
    case (.context(let left, let a), .context(let right, let b)): left == right && a == b
    case (.parameter(_, let left), .parameter(_, let right)): left == right
    case (.excluded(let left), .excluded(let right)): left == right
    case (.groupKey(let left, let a), .groupKey(let right, let b)): left == right && a == b
    case (.dialect(let left), .dialect(let right)): left == right
    default: false
    }
  }
}
