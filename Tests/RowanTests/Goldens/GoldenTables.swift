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

  static let all = [users, posts, tags, hostile, alias]
}
