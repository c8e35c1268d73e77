import Foundation
import RowanCore

/// The tables of the golden statements.
enum GoldenTables {
  static let users = TableSchema(
    "users",
    columns: [
      ColumnSchema("id", Int64.self, .primaryKey, .generated),
      ColumnSchema("email", String.self, .varchar(255), .unique),
      ColumnSchema("name", String?.self),
      ColumnSchema("age", Int.self, .check("age >= 0"), default: 0),
      ColumnSchema("score", Double?.self),
      ColumnSchema("created_at", property: "createdAt", Timestamp.self, default: .now),
      ColumnSchema(
        "manager_id", property: "managerID", Int64?.self, .references("users", "id", onDelete: .setNull), .indexed),
      ColumnSchema("balance", String.self, .decimal(12, 2), default: .value(.decimal(0))),
      ColumnSchema("active", Bool.self, default: true),
    ])

  static let posts = TableSchema(
    "posts",
    columns: [
      ColumnSchema("id", Int64.self, .primaryKey, .generated),
      ColumnSchema("author_id", property: "authorID", Int64.self, .references("users", "id", onDelete: .cascade)),
      ColumnSchema("title", String.self),
      ColumnSchema("rating", Int?.self, .type(.integer)),
      ColumnSchema("day", CalendarDate?.self),
    ],
    indexes: [IndexSchema(["author_id", "rating"])])

  /// A table with one unique key beside a generated one, and a composite one.
  static let tags = TableSchema(
    "tags",
    columns: [
      ColumnSchema("post_id", property: "postID", Int64.self, .primaryKey),
      ColumnSchema("label", String.self, .varchar(40), .primaryKey),
      ColumnSchema("uses", Int.self, default: 1),
      ColumnSchema("previous", Int?.self),
    ])

  /// Names that only quoting makes harmless.
  static let hostile = TableSchema(
    "a\"b`c'd\\e; --",
    columns: [
      ColumnSchema("select", Int64.self, .primaryKey),
      ColumnSchema("x\"; DROP TABLE users; --", String.self, default: "it's \\ \"q\" `b` é; --"),
      ColumnSchema("`y`", String?.self, .varchar(30), .unique),
      ColumnSchema("naïve 表", Int?.self, .indexed),
    ])

  /// A table that goes by a name like an alias.
  static let alias = TableSchema(
    "t1_0", columns: [ColumnSchema("id", Int64.self, .primaryKey), ColumnSchema("n", Int?.self)])

  /// A table whose every column has a default.
  static let counters = TableSchema(
    "counters",
    columns: [ColumnSchema("id", Int64.self, .primaryKey, .generated), ColumnSchema("n", Int.self, default: -1)])

  /// One column of every type, each with a default.
  static let types = TableSchema(
    "types",
    columns: [
      ColumnSchema("id", Int64.self, .primaryKey),
      ColumnSchema("boolean", Bool.self, default: false),
      ColumnSchema("smallint", Int16.self, default: -32768),
      ColumnSchema("integer", Int32.self, default: 2_147_483_647),
      ColumnSchema("bigint", Int64.self, default: .value(.int(.min))),
      ColumnSchema("tiny", UInt8.self, default: 255),
      ColumnSchema("small", UInt16.self, default: 65535),
      ColumnSchema("whole", UInt32.self, default: 4_294_967_295),
      ColumnSchema("big", UInt64.self, default: 1),
      ColumnSchema("real", Float.self, default: 0.5),
      ColumnSchema("double", Double.self, default: -1.0e-7),
      ColumnSchema("decimal", Decimal.self, .decimal(20, 4), default: .value(.decimal(-12))),
      ColumnSchema("char", String.self, .char(3), default: "a\\b"),
      ColumnSchema("varchar", String.self, .varchar(30), default: "'; -- \\' é\n\u{1F600}"),
      ColumnSchema("text", String.self, default: "\\"),
      ColumnSchema("bytes", [UInt8].self, default: .value(.bytes([0, 39, 92, 255]))),
      ColumnSchema("uuid", UUID.self, default: .value(.uuid(uuid))),
      ColumnSchema("timestamp", Timestamp.self, default: .value(.timestamp(Timestamp(microseconds: -1)))),
      ColumnSchema("now", Timestamp.self, default: .now),
      ColumnSchema("date", CalendarDate.self, default: .value(.date(CalendarDate(days: -1)))),
      ColumnSchema("today", CalendarDate.self, default: .now),
      ColumnSchema("time", TimeOfDay.self, default: .value(.time(TimeOfDay(microseconds: 86_399_999_999)))),
      ColumnSchema("time_now", TimeOfDay.self, default: .now),
      ColumnSchema(
        "interval", Interval.self,
        default: .value(.interval(Interval(months: 14, days: -3, microseconds: 3_600_000_001)))),
      ColumnSchema("json", String.self, .type(.json), default: .value(.json("{\"a\": \"\\\\'\"}"))),
      ColumnSchema(
        "array", String.self, .type(.array(.text)),
        default: .value(.array(SQLArray(element: .text, values: [.text("a\"'\\,"), .null])))),
      ColumnSchema("expression", Int64.self, default: .expression("1 + 2")),
    ])

  private static let uuid = UUID(uuid: (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 39, 92, 255))

  static let all = [users, posts, tags, hostile, alias, counters, types]
}
