/// An SQL expression: one ordinary immutable tree for builder, plugins, dialects and cache.
///
/// Leaf comparisons are stored inline and allocate nothing; `and`/`or` are n-ary, so that long chains do not nest;
/// everything rare is an ``ExprNode``.
@frozen public enum Expr: Sendable {
  /// A column.
  case column(ColumnRef)
  /// A bound value.
  case bind(SQLValue)
  /// `column op value`.
  case compare(Comparison, ColumnRef, SQLValue)
  /// `column IS NULL`.
  case isNull(ColumnRef)
  /// All of these hold; an empty list is true.
  case all(ContiguousArray<Expr>)
  /// Any of these holds; an empty list is false.
  case any(ContiguousArray<Expr>)
  /// The opposite.
  indirect case not(Expr)
  /// `left op right`.
  indirect case binary(Comparison, Expr, Expr)
  /// Anything else.
  case node(ExprNode)

  /// A node of `kind` over `args`.
  public static func node(_ kind: NodeKind, _ args: ContiguousArray<Expr> = []) -> Expr {
    let node = ExprNode(kind, args)
    return node.depth > NestingLimit.levels ? NestingLimit.refused : .node(node)
  }

  /// How many levels it has, sub-queries left out; 0 for what has no operands.
  @usableFromInline var nesting: Int {
    switch self {
    case .column, .bind, .compare, .isNull: 0
    case .all(let list), .any(let list): list.nesting + 1
    case .not(let inner): inner.nesting + 1
    case .binary(_, let left, let right): Swift.max(left.nesting, right.nesting) + 1
    case .node(let node): node.depth
    }
  }
}

/// Any expression without a case of its own in ``Expr``. Its children are all in ``args``, so that a visitor crosses a
/// node it does not know; sub-selects are in ``kind``.
public final class ExprNode: Sendable {
  /// What the node is.
  public let kind: NodeKind
  /// Its operands, in the order in which they are written.
  public let args: ContiguousArray<Expr>
  /// The hash of everything but bound values.
  public let shapeHash: UInt64
  /// Levels from here on, sub-queries left out.
  let depth: Int

  /// Makes a node.
  public init(_ kind: NodeKind, _ args: ContiguousArray<Expr>) {
    self.kind = kind
    self.args = args
    var hasher = ShapeHasher()
    hasher.node(kind, args)
    shapeHash = hasher.value
    depth = args.nesting + 1
  }
}

extension ContiguousArray<Expr> {
  /// The levels of the deepest.
  fileprivate var nesting: Int { reduce(0) { Swift.max($0, $1.nesting) } }
}
