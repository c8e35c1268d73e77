/// A condition. Combine with `&&`, `||` and `!`, or with ``Swift/Sequence/all()`` and ``Swift/Sequence/any()`` when the
/// parts are only known at run time.
public struct Condition: Sendable {
  /// The tree.
  public var expr: Expr

  /// Wraps a tree whose value is a truth value.
  @inlinable public init(_ expr: Expr) { self.expr = expr }

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
      return Condition(.all(list))
    }
    return Condition(.all([left.expr, right.expr]))
  }

  /// At least one holds.
  @inlinable public static func || (left: Condition, right: Condition) -> Condition {
    if case .any(var list) = left.expr, list.count < Condition.chunk {
      list.append(right.expr)
      return Condition(.any(list))
    }
    return Condition(.any([left.expr, right.expr]))
  }

  /// The opposite. Where the condition is `NULL`, so is its opposite.
  @inlinable public static prefix func ! (condition: Condition) -> Condition {
    if case .not(let inner) = condition.expr { return Condition(inner) }
    return Condition(.not(condition.expr))
  }
}

extension Sequence<Condition> {
  /// All of them hold; an empty sequence is true.
  public func all() -> Condition { Condition(.all(ContiguousArray(map(\.expr)))) }
  /// At least one of them holds; an empty sequence is false.
  public func any() -> Condition { Condition(.any(ContiguousArray(map(\.expr)))) }
}
