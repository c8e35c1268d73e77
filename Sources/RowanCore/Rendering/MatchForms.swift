/// `x LIKE pattern`, and the literal forms of it.
public struct LikeMatch {
  /// How the operand is taken.
  public let kind: LikeKind
  /// Whether case is ignored.
  public let caseInsensitive: Bool
  /// Whether it must not match.
  public let negated: Bool
  /// What is matched.
  public let text: Expr
  /// The pattern or literal text.
  public let operand: Expr

  /// The word between both sides.
  public func word(_ word: String) -> String { negated ? " NOT \(word) " : " \(word) " }
}

/// `x IN (list)`.
public struct ListMembership {
  /// What is looked for.
  public let expr: Expr
  /// The bound list.
  public let list: Expr
  /// The power of two its length is rounded up to.
  public let padded: Int
  /// Whether it must not be there.
  public let negated: Bool
}

/// One bound value as it stands in a tree that is being printed.
public struct BoundOperand {
  /// Where the value comes from.
  public let step: BindStep
  /// Its type, where it is known.
  public let type: SQLType?

  /// The value of `expr`, if it is a bound one.
  public init?(_ expr: Expr) {
    switch expr {
    case .bind(let value):
      step = .constant(value)
      type = nil
    case .node(let node):
      switch node.kind {
      case .parameter(let index, let type):
        step = .source(index)
        self.type = type
      case .context(let key, let type):
        step = .context(key)
        self.type = type
      default: return nil
      }
    default: return nil
    }
  }

  /// The value, transformed; nil where it is read from the handle, which no transform reaches.
  public func transformed(by transform: @escaping @Sendable (SQLValue) throws -> SQLValue) throws -> BindStep? {
    switch step {
    case .source(let index): .derived(index, BindTransform(transform))
    case .constant(let value): .constant(try transform(value))
    case .padded, .derived, .context: nil
    }
  }
}
