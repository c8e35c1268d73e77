/// The clauses nearly every query has.
///
/// Proof for `@unchecked Sendable`, and for leaving exclusivity unchecked: ``Select`` changes a body only while it holds
/// the only reference to it.
@usableFromInline final class SelectBody: @unchecked Sendable {
  @exclusivity(unchecked) @usableFromInline var scope: UInt8
  @exclusivity(unchecked) @usableFromInline var base: FromSource
  @exclusivity(unchecked) @usableFromInline var fields: Fields = .rows
  @exclusivity(unchecked) @usableFromInline var filter: Expr?
  @exclusivity(unchecked) @usableFromInline var order: ContiguousArray<Ordering> = []
  @exclusivity(unchecked) @usableFromInline var rest: SelectRest?

  /// What tells the table of FROM from others, where it is one: ``base`` itself would be copied to be looked at.
  @inline(__always) var tableIdentity: UInt64? {
    guard case .table(let table) = base else { return nil }
    return UInt64(UInt(bitPattern: ObjectIdentifier(table)))
  }

  @inlinable init(scope: UInt8, base: FromSource) {
    self.scope = scope
    self.base = base
  }

  @inlinable init(copying other: SelectBody) {
    scope = other.scope
    base = other.base
    fields = other.fields
    filter = other.filter
    order = other.order
    rest = other.rest
  }
}

/// The clauses few queries have, apart so that the others do not carry them.
///
/// Proof for `@unchecked Sendable`: as for ``SelectBody``.
@usableFromInline final class SelectRest: @unchecked Sendable {
  @exclusivity(unchecked) @usableFromInline var joins: ContiguousArray<Join> = []
  @exclusivity(unchecked) @usableFromInline var distinct = false
  @exclusivity(unchecked) @usableFromInline var group: ContiguousArray<Expr> = []
  @exclusivity(unchecked) @usableFromInline var having: Expr?
  @exclusivity(unchecked) @usableFromInline var offset: Expr?
  /// LIMIT where it is no plain count.
  @exclusivity(unchecked) @usableFromInline var limit: Expr?
  @exclusivity(unchecked) @usableFromInline var lock: RowLock?
  @exclusivity(unchecked) @usableFromInline var combined: ContiguousArray<SetArm> = []

  @inlinable init() {}

  @inlinable init(copying other: SelectRest?) {
    guard let other else { return }
    joins = other.joins
    distinct = other.distinct
    group = other.group
    having = other.having
    offset = other.offset
    limit = other.limit
    lock = other.lock
    combined = other.combined
  }
}
