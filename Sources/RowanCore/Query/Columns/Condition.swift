/// A condition. Combine with `&&`, `||` and `!`, or with ``Swift/Sequence/all()`` and ``Swift/Sequence/any()`` when the
/// parts are only known at run time.
public struct Condition: Sendable {
  /// The tree.
  public var expr: Expr {
    didSet { depth = expr.nesting }
  }
  /// Levels of ``expr``. A tree is let go level by level on the stack, so that none may grow without limit, used or
  /// not.
  @usableFromInline var depth: Int

  /// Wraps a tree whose value is a truth value.
  @inlinable public init(_ expr: Expr) {
    self.expr = expr
    depth = expr.nesting
  }

  @usableFromInline init(_ expr: Expr, depth: Int) {
    self.expr = depth > NestingLimit.levels ? NestingLimit.refused : expr
    self.depth = depth > NestingLimit.levels ? 0 : depth
  }

  /// Always true.
  public static var always: Condition { Condition(.node(.constant(true))) }
  /// Never true.
  public static var never: Condition { Condition(.node(.constant(false))) }

  /// A longer list becomes the first element of a new one, since each `&&` copies its list: a chain of a hundred
  /// thousand would copy billions of elements. It is printed as one list all the same.
  @usableFromInline static let chunk = 256

  /// Both hold.
  @inlinable public static func && (left: Condition, right: Condition) -> Condition {
    if case .all(var list) = left.expr, list.count < Condition.chunk {
      list.append(right.expr)
      return Condition(.all(list), depth: Swift.max(left.depth, right.depth &+ 1))
    }
    return Condition(.all([left.expr, right.expr]), depth: Swift.max(left.depth, right.depth) &+ 1)
  }

  /// At least one holds.
  @inlinable public static func || (left: Condition, right: Condition) -> Condition {
    if case .any(var list) = left.expr, list.count < Condition.chunk {
      list.append(right.expr)
      return Condition(.any(list), depth: Swift.max(left.depth, right.depth &+ 1))
    }
    return Condition(.any([left.expr, right.expr]), depth: Swift.max(left.depth, right.depth) &+ 1)
  }

  /// The opposite. Where the condition is `NULL`, so is its opposite.
  @inlinable public static prefix func ! (condition: Condition) -> Condition {
    if case .not(let inner) = condition.expr { return Condition(inner, depth: condition.depth &- 1) }
    return Condition(.not(condition.expr), depth: condition.depth &+ 1)
  }
}

extension Sequence<Condition> {
  /// All of them hold; an empty sequence is true.
  public func all() -> Condition { list { .all($0) } }
  /// At least one of them holds; an empty sequence is false.
  public func any() -> Condition { list { .any($0) } }

  private func list(_ make: (ContiguousArray<Expr>) -> Expr) -> Condition {
    var list = ContiguousArray<Expr>()
    var depth = 0
    for condition in self {
      list.append(condition.expr)
      depth = Swift.max(depth, condition.depth)
    }
    return Condition(make(list), depth: depth + 1)
  }
}
