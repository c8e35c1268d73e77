internal import RowanCore

/// The queries behind ``MySQLCatalog``. `CAST` makes text of what one server or the other has as bytes.
struct MySQLCatalogQueries {
  let flavor: MySQLDialect.Flavor

  func server(_ db: some QueryExecutor) async throws -> (String, String?) {
    try await SQL("SELECT VERSION(), DATABASE()").as(String.self, String?.self).fetchOne(db)
  }

  func tables(_ db: some QueryExecutor) async throws -> [MySQLTableRow] {
    try await SQL(
      """
      SELECT TABLE_NAME, TABLE_TYPE, ENGINE, TABLE_COLLATION, CREATE_OPTIONS, TABLE_COMMENT \
      FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() ORDER BY TABLE_NAME
      """
    ).as(String.self, String.self, String?.self, String?.self, String?.self, String?.self).fetchAll(db)
      .map {
        MySQLTableRow(name: $0.0, type: $0.1, engine: $0.2, collation: $0.3, options: $0.4 ?? "", comment: $0.5 ?? "")
      }
  }

  func columns(_ db: some QueryExecutor) async throws -> [MySQLColumnRow] {
    try await SQL(
      """
      SELECT TABLE_NAME, COLUMN_NAME, CAST(COLUMN_DEFAULT AS CHAR), IS_NULLABLE, CAST(COLUMN_TYPE AS CHAR), EXTRA, \
      CAST(GENERATION_EXPRESSION AS CHAR), CAST(COLUMN_COMMENT AS CHAR), COLLATION_NAME \
      FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = DATABASE() ORDER BY TABLE_NAME, ORDINAL_POSITION
      """
    ).as(
      String.self, String.self, String?.self, String.self, String.self, String?.self, String?.self, String?.self,
      String?.self
    ).fetchAll(db)
      .map {
        MySQLColumnRow(
          table: $0.0, name: $0.1, defaultText: $0.2, isNullable: $0.3 == "YES", type: $0.4, extra: $0.5 ?? "",
          generation: $0.6 ?? "", comment: $0.7 ?? "", collation: $0.8)
      }
  }

  func indexes(_ db: some QueryExecutor, hasIgnored: Bool) async throws -> [MySQLIndexRow] {
    let own: SQL =
      switch flavor {
      case .mySQL: "CAST(EXPRESSION AS CHAR), IS_VISIBLE = 'NO'"
      case .mariaDB: hasIgnored ? "NULL, IGNORED = 'YES'" : "NULL, 0"
      }
    return try await SQL(
      """
      SELECT TABLE_NAME, INDEX_NAME, NON_UNIQUE, COLUMN_NAME, COLLATION, SUB_PART, INDEX_TYPE, INDEX_COMMENT, \(own) \
      FROM information_schema.STATISTICS WHERE TABLE_SCHEMA = DATABASE() \
      ORDER BY TABLE_NAME, INDEX_NAME, SEQ_IN_INDEX
      """
    ).as(
      String.self, String.self, Int64.self, String?.self, String?.self, Int64?.self, String.self, String?.self,
      String?.self, Int64.self
    ).fetchAll(db)
      .map {
        MySQLIndexRow(
          table: $0.0, name: $0.1, isUnique: $0.2 == 0, column: $0.3, expression: $0.8, isDescending: $0.4 == "D",
          prefixLength: $0.5.map { Int($0) }, type: $0.6.lowercased(), comment: $0.7 ?? "", isHidden: $0.9 != 0)
      }
  }

  func checks(_ db: some QueryExecutor) async throws -> [MySQLCheckRow] {
    let text: SQL =
      switch flavor {
      case .mariaDB:
        """
        SELECT TABLE_NAME, CONSTRAINT_NAME, CAST(CHECK_CLAUSE AS CHAR), LEVEL = 'Column', 1 \
        FROM information_schema.CHECK_CONSTRAINTS WHERE CONSTRAINT_SCHEMA = DATABASE() ORDER BY 1, 2
        """
      case .mySQL:
        """
        SELECT t.TABLE_NAME, c.CONSTRAINT_NAME, CAST(c.CHECK_CLAUSE AS CHAR), 0, t.ENFORCED = 'YES' \
        FROM information_schema.CHECK_CONSTRAINTS c JOIN information_schema.TABLE_CONSTRAINTS t \
        ON t.CONSTRAINT_SCHEMA = c.CONSTRAINT_SCHEMA AND t.CONSTRAINT_NAME = c.CONSTRAINT_NAME \
        WHERE c.CONSTRAINT_SCHEMA = DATABASE() AND t.CONSTRAINT_TYPE = 'CHECK' ORDER BY 1, 2
        """
      }
    return try await text.as(String.self, String.self, String.self, Int64.self, Int64.self).fetchAll(db)
      .map {
        MySQLCheckRow(table: $0.0, name: $0.1, clause: $0.2, belongsToColumn: $0.3 != 0, isEnforced: $0.4 != 0)
      }
  }

  func foreignKeys(_ db: some QueryExecutor) async throws -> [MySQLForeignKeyRow] {
    try await SQL(
      """
      SELECT TABLE_NAME, CONSTRAINT_NAME, COLUMN_NAME, REFERENCED_TABLE_SCHEMA, REFERENCED_TABLE_NAME, \
      REFERENCED_COLUMN_NAME FROM information_schema.KEY_COLUMN_USAGE \
      WHERE TABLE_SCHEMA = DATABASE() AND REFERENCED_TABLE_NAME IS NOT NULL \
      ORDER BY TABLE_NAME, CONSTRAINT_NAME, ORDINAL_POSITION
      """
    ).as(String.self, String.self, String.self, String.self, String.self, String.self).fetchAll(db)
      .map {
        MySQLForeignKeyRow(
          table: $0.0, name: $0.1, column: $0.2, targetDatabase: $0.3, target: $0.4, targetColumn: $0.5)
      }
  }

  func actions(_ db: some QueryExecutor) async throws -> [MySQLActionRow] {
    try await SQL(
      """
      SELECT TABLE_NAME, CONSTRAINT_NAME, UPDATE_RULE, DELETE_RULE \
      FROM information_schema.REFERENTIAL_CONSTRAINTS WHERE CONSTRAINT_SCHEMA = DATABASE()
      """
    ).as(String.self, String.self, String.self, String.self).fetchAll(db)
      .map { MySQLActionRow(table: $0.0, name: $0.1, onUpdate: $0.2, onDelete: $0.3) }
  }

  func views(_ db: some QueryExecutor) async throws -> [MySQLViewRow] {
    try await SQL(
      """
      SELECT TABLE_NAME, CAST(VIEW_DEFINITION AS CHAR), CHECK_OPTION, SECURITY_TYPE \
      FROM information_schema.VIEWS WHERE TABLE_SCHEMA = DATABASE() ORDER BY TABLE_NAME
      """
    ).as(String.self, String?.self, String?.self, String?.self).fetchAll(db)
      .map {
        MySQLViewRow(name: $0.0, definition: $0.1 ?? "", checkOption: $0.2 ?? "NONE", security: $0.3 ?? "DEFINER")
      }
  }

  /// What runs in the server, for which a snapshot has no form.
  func programs(_ db: some QueryExecutor) async throws -> [UnrepresentedObject] {
    try await SQL(
      """
      SELECT 'trigger', CONCAT(EVENT_OBJECT_TABLE, '.', TRIGGER_NAME) FROM information_schema.TRIGGERS \
      WHERE TRIGGER_SCHEMA = DATABASE() \
      UNION ALL SELECT LOWER(ROUTINE_TYPE), ROUTINE_NAME FROM information_schema.ROUTINES \
      WHERE ROUTINE_SCHEMA = DATABASE() \
      UNION ALL SELECT 'event', EVENT_NAME FROM information_schema.EVENTS WHERE EVENT_SCHEMA = DATABASE()
      """
    ).as(String.self, String.self).fetchAll(db)
      .map { UnrepresentedObject(kind: $0.0, name: $0.1, reason: "what it does is not kept") }
  }
}
