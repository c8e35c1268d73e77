/// What an update sets, column by column: `$0.name = "x"; $0.score = $0.score + 1; $0.managerID = nil`.
@dynamicMemberLookup public struct Changes<C: TableColumns> {
  @usableFromInline let rowanColumns: C
  /// The assignments so far, in the order in which they were made.
  public var rowanAssignments: ContiguousArray<Assignment> = []

  @inlinable init(rowanColumns: C) { self.rowanColumns = rowanColumns }

  /// Sets a column to an expression, or reads it as one.
  @inlinable @inline(__always)
  public subscript<V>(dynamicMember member: KeyPath<C, Column<C.Root, V>>) -> Computed<V> {
    get { Computed(rowanColumns[keyPath: member].expr) }
    set { set(rowanColumns[keyPath: member].ref.column, newValue.expr) }
  }

  /// Sets a column to a value.
  @_disfavoredOverload @inlinable @inline(__always)
  public subscript<V>(dynamicMember member: KeyPath<C, Column<C.Root, V>>) -> V {
    @available(*, unavailable, message: "a column that is set has no value to read; write an expression")
    get { Changes.unreadable() }
    set { set(rowanColumns[keyPath: member].ref.column, .bind(newValue.sqlValue)) }
  }

  /// Sets `column`; the last of several assignments to one column counts.
  @usableFromInline mutating func set(_ column: UInt16, _ value: Expr) {
    if let index = rowanAssignments.firstIndex(where: { $0.column == column }) {
      rowanAssignments[index].value = value
    } else {
      rowanAssignments.append(Assignment(column, value))
    }
  }

  /// Never called: its only caller is unavailable.
  @usableFromInline static func unreadable<V>() -> V { while true {} }
}
