/// The queries around an expression, innermost last: what a ``ColumnRef`` is looked up in.
public struct ScopeChain: Sendable {
  /// One query and what stands in its FROM so far.
  public struct Frame: Sendable {
    /// Nesting depth of the query.
    public let scope: UInt8
    /// What stands in FROM, by slot. Grows from left to right, as a join's ON sees only what stands before it.
    public internal(set) var sources: ContiguousArray<FromSource>
    /// Whether the frame is the table an INSERT, UPDATE or DELETE changes, which goes by its own name.
    public let isTarget: Bool

    init(scope: UInt8, sources: ContiguousArray<FromSource> = [], isTarget: Bool = false) {
      self.scope = scope
      self.sources = sources
      self.isTarget = isTarget
    }
  }

  /// The queries, outermost first.
  public private(set) var frames: ContiguousArray<Frame> = []

  /// Starts outside any query.
  public init() {}

  mutating func push(_ frame: Frame) { frames.append(frame) }

  mutating func pop() { if !frames.isEmpty { frames.removeLast() } }

  mutating func add(_ source: FromSource) {
    guard let last = frames.indices.last else { return }
    frames[last].sources.append(source)
  }

  /// Takes the innermost query away, for a part of it that cannot see its FROM.
  mutating func hide() -> Frame? { frames.popLast() }

  mutating func restore(_ frame: Frame?) { if let frame { frames.append(frame) } }

  /// The innermost query, if there is one.
  public var current: Frame? { frames.last }

  /// The query `ref` points into: the innermost of its scope.
  public func frame(of ref: ColumnRef) -> Frame? { frames.last { $0.scope == ref.scope } }

  /// What `ref` points to.
  /// - Throws: ``RowanError/Code/columnOutOfScope`` when no query around has that table, or the table no such column.
  public func source(of ref: ColumnRef) throws -> FromSource {
    guard let frame = frame(of: ref), ref.slot < frame.sources.count else {
      throw RowanError(
        .columnOutOfScope, "column \(ref.column) of \(ref.position) is used where that table cannot be seen",
        hint: "use a column only inside the closure of the query it belongs to, and in a join's condition only columns "
          + "of tables joined before it")
    }
    let source = frame.sources[Int(ref.slot)]
    guard ref.column < source.columnCount else {
      throw RowanError(
        .columnOutOfScope,
        "column \(ref.column) is used of \(ref.position), which has \(source.columnCount) columns",
        hint: "the column belongs to another table")
    }
    return source
  }

  /// The table column `ref` points to; nil for a sub-query's and for one out of scope.
  public func column(of ref: ColumnRef) -> ColumnSchema? {
    guard case .table(let table)? = try? source(of: ref) else { return nil }
    return table.columns[Int(ref.column)]
  }

  /// The type of the column `ref` points to, where it is known.
  public func type(of ref: ColumnRef) -> SQLType? { (try? source(of: ref))?.type(ofColumn: Int(ref.column)) }
}

extension ColumnRef {
  /// The alias of the table, for error messages.
  var position: String { "t\(scope)_\(slot) (query depth \(scope), FROM position \(slot))" }
}

extension FromSource {
  /// How many columns it has.
  public var columnCount: Int {
    switch self {
    case .table(let table): table.columns.count
    case .select(let select): select.columnCount
    }
  }

  /// The type of the column at `index`, where it is known.
  public func type(ofColumn index: Int) -> SQLType? {
    switch self {
    case .table(let table): index < table.columns.count ? table.columns[index].type : nil
    case .select(let select): select.type(ofColumn: index)
    }
  }
}

extension Select {
  /// How many columns it yields.
  public var columnCount: Int {
    switch fields {
    case .list(let list): list.count
    case .rows: joins.reduce(base.columnCount) { $0 + $1.source.columnCount }
    }
  }

  /// The type of the column at `index` it yields, where it is known.
  public func type(ofColumn index: Int) -> SQLType? {
    switch fields {
    case .list(let list): return index < list.count ? list[index].type : nil
    case .rows:
      var index = index
      for slot in 0...joins.count {
        guard let source = source(slot) else { return nil }
        if index < source.columnCount { return source.type(ofColumn: index) }
        index -= source.columnCount
      }
      return nil
    }
  }
}
