public import RowanCore

/// The table of a million rows. The same columns as ``Item``, so that only the number of rows differs.
public struct Event: Sendable, Hashable {
  public var id: Int64
  public var name: String
  public var email: String
  public var score: Double
  public var active: Bool
  public var note: String?
}

extension Event: Table {
  public typealias Row = Event
  public typealias AsNullable = Outer<Event>

  public static let schema = TableSchema(
    "bench_events",
    columns: [
      ColumnSchema("id", Int64.self, .primaryKey),
      ColumnSchema("name", String.self, .varchar(64)),
      ColumnSchema("email", String.self, .varchar(64)),
      ColumnSchema("score", Double.self),
      ColumnSchema("active", Bool.self),
      ColumnSchema("note", String?.self, .varchar(64)),
    ])

  @inlinable
  public init(row: inout RowReader) throws(DecodeFailure) {
    id = try Int64.read(&row)
    name = try String.read(&row)
    email = try String.read(&row)
    score = try Double.read(&row)
    active = try Bool.read(&row)
    note = try String?.read(&row)
  }

  @inlinable
  public func encode(into row: inout RowEncoder) {
    row.set(0, id)
    row.set(1, name)
    row.set(2, email)
    row.set(3, score)
    row.set(4, active)
    row.set(5, note)
  }

  public struct Columns: TableColumns {
    public typealias Root = Event
    public let rowanSlot: Slot
    @inlinable public init(_ slot: Slot) { rowanSlot = slot }
    @inlinable public var id: Column<Event, Int64> { Column(rowanSlot, 0) }
  }

  public struct Draft: TableDraft {
    public typealias Model = Event
    public var event: Event
    @inlinable public init(_ event: Event) { self.event = event }
    @inlinable public func encode(into row: inout RowEncoder) { event.encode(into: &row) }
  }
}
