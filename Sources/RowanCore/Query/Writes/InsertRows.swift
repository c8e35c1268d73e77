/// The values of an insert: rows that set the same columns go together.
///
/// Filled in the caller's module, where the draft's encoding is known: done here, every value would pass through the
/// generic runtime.
@usableFromInline struct InsertRows {
  /// Rows that set the same columns.
  @usableFromInline struct Group: Sendable {
    let columns: ContiguousArray<UInt16>
    /// Row after row.
    var values: ContiguousArray<SQLValue> = []
    /// Where each row stood in the list of drafts.
    var ordinals: ContiguousArray<Int> = []
    var rows: Int { ordinals.count }
  }

  private(set) var groups: ContiguousArray<Group> = []
  /// The columns of the row just added, and the values of the group it belongs to: they are written where they stay.
  @usableFromInline var row = RowEncoder()
  @usableFromInline var ordinals: ContiguousArray<Int> = []
  /// The columns of the group that rows are added to; nil before the first row.
  @usableFromInline var columns: ContiguousArray<UInt16>?
  private var open = 0
  private let width: Int
  private let count: Int

  /// Gathers the values of `drafts`, for a table of `width` columns.
  @inlinable init(_ drafts: [some TableDraft], width: Int) {
    self.init(count: drafts.count, width: width)
    // A buffer lends its elements; the array would hand out a copy of each.
    drafts.withUnsafeBufferPointer { drafts in
      for index in drafts.indices {
        row.columns.removeAll(keepingCapacity: true)
        drafts[index].encode(into: &row)
        if row.columns == columns { ordinals.append(index) } else { turn(index) }
      }
    }
    close()
  }

  @usableFromInline init(count: Int, width: Int) {
    self.count = count
    self.width = width
    row.columns.reserveCapacity(width)
    row.values.reserveCapacity(width)
  }

  /// The row just added sets other columns than the one before it: goes on with their group.
  @inline(never) @usableFromInline mutating func turn(_ ordinal: Int) {
    let added = ContiguousArray(row.values.suffix(row.columns.count))
    row.values.removeLast(added.count)
    close()
    if let found = groups.firstIndex(where: { $0.columns == row.columns }) {
      open = found
      swap(&row.values, &groups[found].values)
      swap(&ordinals, &groups[found].ordinals)
    } else {
      open = groups.count
      groups.append(Group(columns: row.columns))
      row.values.reserveCapacity(added.count * Swift.min(count - ordinal, 4096))
      ordinals.reserveCapacity(Swift.min(count - ordinal, 4096))
    }
    columns = groups[open].columns
    row.values.append(contentsOf: added)
    ordinals.append(ordinal)
  }

  /// Puts the group that rows were added to back among the others.
  @usableFromInline mutating func close() {
    guard columns != nil else { return }
    swap(&row.values, &groups[open].values)
    swap(&ordinals, &groups[open].ordinals)
    columns = nil
  }
}
