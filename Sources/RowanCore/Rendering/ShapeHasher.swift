/// Hashes the shape of a statement: everything but the bound values.
public struct ShapeHasher {
  /// The hash so far.
  public var value: UInt64 = 0xcbf2_9ce4_8422_2325
  mutating func node(_ kind: NodeKind, _ args: ContiguousArray<Expr>) {}
}
