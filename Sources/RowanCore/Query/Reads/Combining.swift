extension Select {
  /// This query and `other` in a set operation. A query cut by a limit is cut before, ``order`` alone moves on to the
  /// whole.
  func combined(_ kind: SetArm.Kind, with other: Select) -> Select {
    var left = self
    var right = other
    // Both are arms of one query, wherever each was built.
    left.enterCurrentScope()
    right.enterCurrentScope()
    if left.limit != nil || left.offset != nil { left = left.asSource() }
    left.combined.append(SetArm(kind, right))
    guard !left.order.isEmpty else { return left }
    let terms = left.order, fields = left.fieldList
    // What is too deep to be looked at is refused when it is run.
    let places = try? NestingLimit.recursing(into: .select(left)) {
      terms.map { term in fields.firstIndex { $0.expr.isSame(as: term.expr) } ?? Ordering.notSelected }
    }
    for (index, place) in (places ?? []).enumerated() { left.order[index].output = place }
    return left
  }

  /// This query with equal rows once, those of a set operation after it is done.
  func folded() -> Select {
    var copy = combined.isEmpty ? self : asSource()
    copy.distinct = true
    return copy
  }

  /// A query of all this one yields.
  private func asSource() -> Select {
    var outer = Select(scope: scope, base: .select(inner()))
    outer.fields = .list(
      ContiguousArray(
        (0..<columnCount).map { column in
          Field(
            .column(ColumnRef(Slot(scope: scope, 0), UInt16(truncatingIfNeeded: column))), type: type(ofColumn: column))
        }))
    return outer
  }
}

extension Expr {
  /// Whether both are of one shape and hold the same values.
  fileprivate func isSame(as other: Expr) -> Bool {
    guard ShapeEquality.same(self, other) else { return false }
    let values = ShapeWalk.values(of: self), others = ShapeWalk.values(of: other)
    return values.count == others.count && zip(values, others).allSatisfy { $0.isStored(as: $1) }
  }
}
