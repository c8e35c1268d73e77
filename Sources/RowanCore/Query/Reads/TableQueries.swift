extension Table {
  /// All rows.
  @inlinable public static func all() -> Query<Self> { Query() }

  /// Rows that satisfy `condition`.
  @inlinable public static func `where`(_ condition: (Columns) -> Condition) -> Query<Self> {
    Query<Self>().where(condition)
  }

  /// All rows, sorted.
  @inlinable public static func order(_ term: (Columns) -> Ordering) -> Query<Self> { Query<Self>().order(term) }

  /// At most `count` rows.
  @inlinable public static func limit(_ count: Int) -> Query<Self> { Query<Self>().limit(count) }
}

extension KeyedTable {
  /// The row with the key `key`: `… WHERE key = ? LIMIT …`. Fetch it with `fetchFirst` (nil where there is none) or
  /// `fetchOne`.
  @inlinable public static func find(_ key: PrimaryKey) -> Query<Self> {
    var query = Query<Self>()
    let place = Slot(scope: query.select.scope, 0)
    let columns = schema.primaryKey
    let values = keyValues(key)
    if columns.count == 1, let column = columns.first, let value = values.first {
      query.select.filter = .compare(.equal, ColumnRef(place, UInt16(truncatingIfNeeded: column)), value)
      return query
    }
    query.select.filter = keyCondition(place, values)
    return query
  }

  /// The rows with any of `keys`, in no particular order, each once.
  public static func find(_ keys: some Sequence<PrimaryKey>) -> Query<Self> {
    var query = Query<Self>()
    let place = Slot(scope: query.select.scope, 0)
    if schema.primaryKey.count == 1, let column = schema.primaryKey.first {
      let values = ContiguousArray(keys.compactMap { keyValues($0).first })
      if values.isEmpty {
        query.select.filter = Condition.never.expr
        return query
      }
      var padded = 1
      while padded < values.count { padded <<= 1 }
      let list = SQLArray(element: schema.columns[column].type, values: values)
      let ref = Expr.column(ColumnRef(place, UInt16(truncatingIfNeeded: column)))
      query.select.filter = .node(.inList(padded: padded), [ref, .bind(.array(list))])
    } else {
      query.select.filter = .any(ContiguousArray(keys.map { keyCondition(place, keyValues($0)) }))
    }
    return query
  }

  /// `key = value` for every column of the key.
  @usableFromInline static func keyCondition(_ place: Slot, _ values: ContiguousArray<SQLValue>) -> Expr {
    var parts = ContiguousArray<Expr>()
    for (column, value) in zip(schema.primaryKey, values) {
      parts.append(.compare(.equal, ColumnRef(place, UInt16(truncatingIfNeeded: column)), value))
    }
    return parts.count == 1 ? parts[0] : .all(parts)
  }
}
