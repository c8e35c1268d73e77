/// A row of `information_schema.TABLES`.
struct MySQLTableRow {
  let name: String
  let type: String
  let engine: String?
  let collation: String?
  let options: String
  let comment: String
}

/// A row of `information_schema.COLUMNS`.
struct MySQLColumnRow {
  let table: String
  let name: String
  let defaultText: String?
  let isNullable: Bool
  let type: String
  let extra: String
  let generation: String
  let comment: String
  let collation: String?
}

/// A row of `information_schema.STATISTICS`: one part of an index.
struct MySQLIndexRow {
  let table: String
  let name: String
  let isUnique: Bool
  let column: String?
  let expression: String?
  let isDescending: Bool
  let prefixLength: Int?
  let type: String
  let comment: String
  let isHidden: Bool
}

/// A row of `information_schema.CHECK_CONSTRAINTS`.
struct MySQLCheckRow {
  let table: String
  let name: String
  let clause: String
  let belongsToColumn: Bool
  let isEnforced: Bool
}

/// A row of `information_schema.KEY_COLUMN_USAGE`: one column of a foreign key.
struct MySQLForeignKeyRow {
  let table: String
  let name: String
  let column: String
  let targetDatabase: String
  let target: String
  let targetColumn: String
}

/// A row of `information_schema.REFERENTIAL_CONSTRAINTS`.
struct MySQLActionRow {
  let table: String
  let name: String
  let onUpdate: String
  let onDelete: String
}

/// A row of `information_schema.VIEWS`.
struct MySQLViewRow {
  let name: String
  let definition: String
  let checkOption: String
  let security: String
}
