extension SQLValue {
  /// Whether both are stored the same. Equality is coarser: `é` has two spellings that Swift takes for equal, and zero
  /// two signs.
  func isStored(as other: SQLValue) -> Bool {
    switch (self, other) {
    case (.text(let a), .text(let b)), (.json(let a), .json(let b)): a.utf8.elementsEqual(b.utf8)
    case (.double(let a), .double(let b)): a.bitPattern == b.bitPattern
    case (.array(let a), .array(let b)):
      a.element == b.element && a.values.count == b.values.count
        && zip(a.values, b.values).allSatisfy { $0.isStored(as: $1) }
    default: self == other
    }
  }
}
