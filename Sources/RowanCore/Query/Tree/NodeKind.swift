/// The kinds of ``ExprNode``, with what is constant in each.
public enum NodeKind: Sendable {
  /// `name(args…)`, a neutral function that dialects may rename or rewrite.
  case function(FunctionName)
  /// An aggregate over `args`; an empty list counts rows.
  case aggregate(AggregateName, distinct: Bool)
  /// `args[0] op args[1]`.
  case arithmetic(Arithmetic)
  /// `CAST(args[0] AS type)`.
  case cast(SQLType)
  /// `CASE WHEN args[0] THEN args[1] … [ELSE args.last] END`.
  case cases(hasElse: Bool)
  /// `args[0] OVER (PARTITION BY args[1…partition] ORDER BY the rest)`.
  case window(partition: Int, order: ContiguousArray<SortOrder>)
  /// A sub-query as a value.
  indirect case scalar(Select)
  /// `EXISTS (…)`.
  indirect case exists(Select)
  /// `args[0] IN (SELECT …)`.
  indirect case inSelect(Select)
  /// `args[0] IN (…)`; `args[1]` is one bound list, `padded` the power of two its length is rounded up to.
  case inList(padded: Int)
  /// `args[0] BETWEEN args[1] AND args[2]`.
  case between
  /// `args[0]` matches the bound pattern or text in `args[1]`.
  case like(LikeKind, caseInsensitive: Bool)
  /// `args[0] IS [NOT] DISTINCT FROM args[1]`.
  case isDistinct(negated: Bool)
  /// `args[0] IS NULL`.
  case isNull
  /// `true` or `false`.
  case constant(Bool)
  /// SQL text with `args` between its parts: `parts[0] args[0] parts[1] …`.
  case raw(ContiguousArray<String>)
  /// An identifier, escaped by the dialect.
  case identifier(ContiguousArray<String>)
  /// A value read from the database handle when the query runs.
  case context(String, SQLType)
  /// The `index`-th bound value of the statement: what stands for a value in a tree that is being compiled.
  case parameter(index: Int, type: SQLType?)
  /// A column of the row that an upsert could not insert.
  case excluded(UInt16)
  /// `args[0]`, the `index`-th grouping key of the query at `scope`, which is no plain column: what GROUP BY says has to
  /// be said again in the same way.
  case groupKey(scope: UInt8, index: Int)
  /// A construct of one dialect; `name` is that dialect's, dots and all (`postgres.ts_query`).
  case dialect(String)
}

/// Functions every dialect knows.
public enum FunctionName: String, Sendable, Hashable {
  case lower, upper, trim, length, abs, round, floor, ceiling, coalesce, nullIf, substring, replace, now
  case rowNumber, rank, denseRank, lag, lead
  case greatest, least
}

/// Aggregates every dialect knows.
public enum AggregateName: String, Sendable, Hashable {
  case count, sum, average, minimum, maximum
}

/// How text is matched.
public enum LikeKind: UInt8, Sendable, Hashable {
  /// An SQL pattern, `%` and `_` being wildcards and `\` escaping them.
  case pattern
  /// The text starts with the operand, taken literally.
  case prefix
  /// The text ends with the operand, taken literally.
  case suffix
  /// The text contains the operand, taken literally.
  case contains
}

/// Direction and place of `NULL` in an ordering.
public struct SortOrder: Sendable, Hashable {
  /// Where `NULL` sorts.
  public enum Nulls: UInt8, Sendable, Hashable {
    /// Wherever the engine puts it.
    case unspecified
    /// Before every value.
    case first
    /// After every value.
    case last
  }

  /// Largest first.
  public var descending: Bool
  /// Where `NULL` sorts.
  public var nulls: Nulls

  /// Makes an order.
  @inlinable public init(descending: Bool = false, nulls: Nulls = .unspecified) {
    self.descending = descending
    self.nulls = nulls
  }
}
