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
    let fields = left.fieldList
    for index in left.order.indices {
      let term = left.order[index].expr
      left.order[index].output = Ordering.output(term, fields)
    }
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

extension Ordering {
  /// Which of `fields` is of the shape of `expr` and holds the same values; nil where `expr` is too deep to tell here.
  fileprivate static func output(_ expr: Expr, _ fields: ContiguousArray<Field>) -> Int? {
    guard let values = expr.values else { return nil }
    let found = fields.firstIndex { field in
      guard let others = field.expr.values, others.count == values.count else { return false }
      return zip(others, values).allSatisfy { $0.isStored(as: $1) } && ShapeEquality.same(field.expr, expr)
    }
    return found ?? notSelected
  }
}

extension Expr {
  fileprivate var values: ContiguousArray<SQLValue>? {
    var walk = ShapeWalk()
    walk.expr(self)
    return walk.isIncomplete ? nil : walk.binds
  }
}
