import RowanCore

/// A small shop, in several states of its life.
enum ShopSchema {
  static let customers = TableSchema(
    "customers",
    columns: [
      ColumnSchema("id", Int64.self, .primaryKey, .generated),
      ColumnSchema("email", String.self, .varchar(200), .unique),
      ColumnSchema("name", String?.self),
      ColumnSchema("created_at", Timestamp.self, default: .now),
    ])

  static let orders = TableSchema(
    "orders",
    columns: [
      ColumnSchema("id", Int64.self, .primaryKey, .generated),
      ColumnSchema("customer_id", Int64.self, .references("customers", "id", onDelete: .cascade), .indexed),
      ColumnSchema("total", Int.self, .check("total >= 0"), default: 0),
      ColumnSchema("note", String?.self),
    ])

  static let first = SchemaDefinition(schemas: [customers, orders])

  /// A column renamed, one gone, one new, one wider, another table.
  static let second = SchemaDefinition(schemas: [
    TableSchema(
      "customers",
      columns: [
        ColumnSchema("id", Int64.self, .primaryKey, .generated),
        ColumnSchema("email", String.self, .varchar(255), .unique),
        ColumnSchema("full_name", String?.self, renamedFrom: "name"),
        ColumnSchema("created_at", Timestamp.self, default: .now),
        ColumnSchema("is_active", Bool.self, default: true),
      ]),
    TableSchema(
      "orders",
      columns: [
        ColumnSchema("id", Int64.self, .primaryKey, .generated),
        ColumnSchema("customer_id", Int64.self, .references("customers", "id", onDelete: .cascade), .indexed),
        ColumnSchema("total", Int.self, .check("total >= 0"), default: 0),
      ], indexes: [IndexSchema(["customer_id", "total"])]),
    TableSchema(
      "order_lines",
      columns: [
        ColumnSchema("order_id", Int64.self, .primaryKey, .references("orders", "id", onDelete: .cascade)),
        ColumnSchema("position", Int32.self, .primaryKey),
        ColumnSchema("title", String.self, .varchar(100)),
      ]),
  ])
}
