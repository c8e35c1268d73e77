#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// A statement without its values: what the cache keeps to compare a shape with, so that no value of a user's outlives
/// the call it was made for.
final class ShapeKey: TreeRewriter {
  /// `statement` with every value replaced by an empty one of the same kind.
  static func strip(_ statement: Statement) throws -> Statement { try ShapeKey().rewrite(whole: statement) }

  override func rewrite(_ expr: Expr) throws -> Expr {
    switch expr {
    case .bind(let value): .bind(value.emptied)
    case .compare(let op, let ref, let value): .compare(op, ref, value.emptied)
    default: try super.rewrite(expr)
    }
  }

  override func rewrite(
    _ source: InsertStatement.Source, of insert: InsertStatement
  ) throws -> InsertStatement.Source {
    if case .values(_, let rows) = source { return .values([], rows: rows) }
    return try super.rewrite(source, of: insert)
  }
}

extension SQLValue {
  /// An empty value of the same kind.
  var emptied: SQLValue {
    switch self {
    case .null: .null
    case .bool: .bool(false)
    case .int: .int(0)
    case .uint: .uint(0)
    case .double: .double(0)
    case .text: .text("")
    case .bytes: .bytes([])
    case .uuid: .uuid(SQLValue.zeroUUID)
    case .timestamp: .timestamp(Timestamp(microseconds: 0))
    case .date: .date(CalendarDate(days: 0))
    case .time: .time(TimeOfDay(microseconds: 0))
    case .interval: .interval(Interval())
    case .decimal: .decimal(0)
    case .json: .json("")
    case .array(let list): .array(SQLArray(element: list.element, values: []))
    case .invalid(let failure): .invalid(failure)
    }
  }

  private static let zeroUUID = UUID(uuid: (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0))
}
