/// Where a table stands: the nesting depth of its SELECT and its place in that SELECT's FROM.
public struct Slot: Sendable, Hashable {
  /// Nesting depth of the owning SELECT; 0 is the outermost.
  public var scope: UInt8
  /// Place in FROM; 0 is the base table.
  public var slot: UInt8

  /// Makes a place.
  @inlinable public init(scope: UInt8 = 0, _ slot: UInt8) {
    self.scope = scope
    self.slot = slot
  }
}

/// A column of a table in FROM, by position. Its alias in SQL follows from the position (`t0`, `t1_0`).
public struct ColumnRef: Sendable, Hashable {
  /// Nesting depth of the owning SELECT.
  public var scope: UInt8
  /// Place in that SELECT's FROM.
  public var slot: UInt8
  /// Index into ``TableSchema/columns``.
  public var column: UInt16

  /// Makes a reference to `column` of the table at `place`.
  @inlinable public init(_ place: Slot, _ column: UInt16) {
    scope = place.scope
    slot = place.slot
    self.column = column
  }
}
