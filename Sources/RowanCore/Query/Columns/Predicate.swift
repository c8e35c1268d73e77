/// A condition. Combine with `&&`, `||` and `!`, or with ``Swift/Sequence/all()`` and ``Swift/Sequence/any()`` when the
/// parts are only known at run time.
public struct Predicate: Sendable {
  /// The tree.
  public var expr: Expr

  /// Wraps a tree whose value is a truth value.
  @inlinable public init(_ expr: Expr) { self.expr = expr }

  /// Always true.
  public static var always: Predicate { Predicate(.node(.constant(true))) }
  /// Never true.
  public static var never: Predicate { Predicate(.node(.constant(false))) }

  /// Both hold.
  @inlinable public static func && (left: Predicate, right: Predicate) -> Predicate {
    if case .all(var list) = left.expr {
      list.append(right.expr)
      return Predicate(.all(list))
    }
    return Predicate(.all([left.expr, right.expr]))
  }

  /// At least one holds.
  @inlinable public static func || (left: Predicate, right: Predicate) -> Predicate {
    if case .any(var list) = left.expr {
      list.append(right.expr)
      return Predicate(.any(list))
    }
    return Predicate(.any([left.expr, right.expr]))
  }

  /// The opposite. Where the condition is `NULL`, so is its opposite.
  @inlinable public static prefix func ! (condition: Predicate) -> Predicate { Predicate(.not(condition.expr)) }
}

extension Sequence<Predicate> {
  /// All of them hold; an empty sequence is true.
  public func all() -> Predicate { Predicate(.all(ContiguousArray(map(\.expr)))) }
  /// At least one of them holds; an empty sequence is false.
  public func any() -> Predicate { Predicate(.any(ContiguousArray(map(\.expr)))) }
}
