#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// Column types that hold an instant, their optional forms included.
public protocol InstantColumnValue: ColumnValue {}

extension Timestamp: InstantColumnValue {}
extension Date: InstantColumnValue {}
extension Optional: InstantColumnValue where Wrapped: InstantColumnValue {}

/// The instant by the database's clock: `CURRENT_TIMESTAMP` on PostgreSQL, `UTC_TIMESTAMP(6)` on MariaDB and MySQL, and
/// microseconds since 1970 on SQLite, whose clock has milliseconds.
///
/// On PostgreSQL it is the start of the transaction, elsewhere that of the statement.
public func now() -> Computed<Timestamp> { Computed(.node(.function(.now))) }

/// The instant by the database's clock, as the type that its place asks for: `$0.deletedAt = now()`.
@_disfavoredOverload public func now<T: InstantColumnValue>() -> Computed<T> { Computed(.node(.function(.now))) }
