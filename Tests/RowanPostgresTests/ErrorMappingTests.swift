import RowanCore
import RowanPostgres
import Testing

/// What the server says becomes a typed error that names constraint, table and columns, and no value.
@Suite(.postgres)
struct ErrorMappingTests {
  private static let secret = "hush-987654321"

  private func expect(
    _ error: RowanError, _ code: RowanError.Code, state: String, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(error.code == code, sourceLocation: sourceLocation)
    #expect(error.server?.sqlState == state, sourceLocation: sourceLocation)
    #expect(!error.description.contains(Self.secret), sourceLocation: sourceLocation)
    #expect(!"\(String(reflecting: error))".contains(Self.secret), sourceLocation: sourceLocation)
    #expect(error.sql != nil, sourceLocation: sourceLocation)
  }

  @Test func constraints() async throws {
    try await ServerAccess.withDriver { driver in
      let parent = Statements.name("parent")
      let child = Statements.name("child")
      try await driver.execute(
        """
        CREATE TABLE \(parent) (
          id int8 PRIMARY KEY, tenant text NOT NULL, email text NOT NULL, age int4,
          CONSTRAINT \(parent)_email UNIQUE (tenant, email), CONSTRAINT \(parent)_age CHECK (age > 0))
        """)
      try await driver.execute(
        "CREATE TABLE \(child) (id int8 PRIMARY KEY, parent_id int8 CONSTRAINT \(child)_fk REFERENCES \(parent) (id))")
      let insert = "INSERT INTO \(parent) VALUES ($1, $2, $3, $4)"
      try await driver.execute(insert, [.int(1), .text("t"), .text(Self.secret), .int(1)])

      var error = try await rowanError {
        try await driver.execute(insert, [.int(2), .text("t"), .text(Self.secret), .int(1)])
      }
      expect(error, .uniqueViolation, state: "23505")
      #expect(error.constraint == "\(parent)_email" && error.table == parent)
      #expect(error.columns == ["tenant", "email"])

      error = try await rowanError {
        try await driver.execute(insert, [.int(3), .text("t"), .text("x"), .int(-987654321)])
      }
      expect(error, .checkViolation, state: "23514")
      #expect(error.constraint == "\(parent)_age" && error.table == parent)
      #expect(!error.description.contains("-987654321"))

      error = try await rowanError { try await driver.execute(insert, [.int(3), .null, .text(Self.secret), .int(1)]) }
      expect(error, .notNullViolation, state: "23502")
      #expect(error.table == parent && error.columns == ["tenant"])

      error = try await rowanError {
        try await driver.execute("INSERT INTO \(child) VALUES (1, $1)", [.int(987654321)])
      }
      expect(error, .foreignKeyViolation, state: "23503")
      #expect(error.constraint == "\(child)_fk" && error.table == child && error.columns == ["parent_id"])
      #expect(!error.description.contains("987654321"))

      try await driver.execute("INSERT INTO \(child) VALUES (1, 1)")
      error = try await rowanError { try await driver.execute("DELETE FROM \(parent) WHERE id = $1", [.int(1)]) }
      expect(error, .foreignKeyViolation, state: "23503")
      #expect(error.columns == ["id"])
      try await driver.execute("DROP TABLE \(child), \(parent)")
    }
  }

  @Test func values() async throws {
    try await ServerAccess.withDriver { driver in
      let secret = Self.secret
      let cases: [(String, [SQLValue], [SQLType?]?, String)] = [
        ("SELECT $1::text::int4", [.text(secret)], nil, "22P02"),
        ("SELECT $1::text::uuid", [.text(secret)], nil, "22P02"),
        ("SELECT $1::text::timestamptz", [.text(secret)], nil, "22007"),
        ("SELECT $1::text::date", [.text("2020-99-99")], nil, "22008"),
        ("SELECT $1::text::json", [.text(secret)], nil, "22P02"),
        ("SELECT $1", [.text("{\"a\": \(secret)")], [.json], "22P02"),
        ("SELECT $1::int8::int4", [.int(99_999_999_999)], nil, "22003"),
        ("SELECT 1 / $1", [.int(0)], nil, "22012"),
        ("SELECT $1::text::int4", [.text("99999999999999999999")], nil, "22003"),
        ("SELECT $1", [.text("\"\\u0000\"")], [.json], "22P05"),
        ("SELECT set_config('work_mem', $1, true)", [.text(secret)], nil, "22023"),
        ("SELECT now() AT TIME ZONE $1", [.text(secret)], nil, "22023"),
      ]
      for (sql, binds, types, state) in cases {
        let error = try await rowanError { _ = try await driver.query(sql, binds, types) { _ in } }
        expect(error, .valueOutOfRange, state: state)
        #expect(!error.description.contains("99999"))
      }
      let table = Statements.name("short")
      try await driver.execute("CREATE TABLE \(table) (c varchar(3), n numeric(4,2))")
      var error = try await rowanError {
        try await driver.execute("INSERT INTO \(table) VALUES ($1)", [.text(secret)], [.varchar(3)])
      }
      expect(error, .valueOutOfRange, state: "22001")
      error = try await rowanError {
        try await driver.execute(
          "INSERT INTO \(table) (n) VALUES ($1)", [.int(987654321)], [.decimal(precision: 4, scale: 2)])
      }
      expect(error, .valueOutOfRange, state: "22003")
      try await driver.execute("DROP TABLE \(table)")
    }
  }

  @Test func messagesOfFunctions() async throws {
    try await ServerAccess.withDriver { driver in
      let name = Statements.name("raise")
      try await driver.execute(
        """
        CREATE FUNCTION \(name)(a text, n int8) RETURNS int4 LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'no room for % and %', a, n; END $$
        """)
      let error = try await rowanError {
        _ = try await driver.query("SELECT \(name)($1, $2)", [.text(Self.secret), .int(987_654)]) { _ in }
      }
      expect(error, .serverError, state: "P0001")
      #expect(error.message == "no room for … and …")
      try await driver.execute("DROP FUNCTION \(name)")
    }
  }

  @Test func statements() async throws {
    try await ServerAccess.withDriver { driver in
      let cases: [(String, RowanError.Code, String)] = [
        ("SELECT * FROM no_such_table", .unknownTable, "42P01"), ("SELECT no_such_column", .unknownColumn, "42703"),
        ("SELEKT 1", .syntaxError, "42601"), ("SELECT 1; SELECT 2", .syntaxError, "42601"),
        ("SELECT 1 + 'x'::text", .serverError, "42883"), ("SELECT no_such_function()", .serverError, "42883"),
        ("SELECT * FROM no_such_schema.t", .unknownTable, "42P01"), ("VACUUM no_such_table", .unknownTable, "42P01"),
        ("SELECT '1'::aclitem", .valueOutOfRange, "22P02"),
        ("SELECT relacl FROM pg_class WHERE relacl IS NOT NULL LIMIT 1", .unsupported, "42883"),
      ]
      for (sql, code, state) in cases {
        let error = try await rowanError { _ = try await driver.query(sql) { _ in } }
        expect(error, code, state: state)
      }
      let error = try await rowanError { _ = try await driver.query("SELECT no_such_column") { _ in } }
      #expect(error.message.contains("at character 8"))
      // Nothing of this spoils the connections.
      #expect(try await driver.int("SELECT 1::int8") == 1)
    }
  }

  @Test func permissionsAndLimits() async throws {
    try await ServerAccess.withDriver { driver in
      let role = Statements.name("role")
      let table = Statements.name("closed")
      try await driver.execute("CREATE ROLE \(role)")
      try await driver.execute("CREATE TABLE \(table) (n int4)")
      var error = try await rowanError {
        try await driver.withConnection(Lease(access: .write)) { raw in
          try await raw.begin(TransactionOptions())
          do {
            try await Connection(raw: raw).execute("SET LOCAL ROLE \(role)")
            try await Connection(raw: raw).execute("SELECT * FROM \(table)")
          } catch {
            try await raw.rollback()
            throw error
          }
        }
      }
      expect(error, .permissionDenied, state: "42501")
      error = try await rowanError {
        try await driver.withConnection(Lease(access: .read)) { raw in
          try await raw.begin(TransactionOptions(access: .read))
          try await Connection(raw: raw).execute("INSERT INTO \(table) VALUES (1)")
        }
      }
      expect(error, .readOnlyTransaction, state: "25006")
      let many = Statements.compile("SELECT 1", Array(repeating: .integer, count: 65_536))
      error = try await rowanError {
        _ = try await driver.query(many, Array(repeating: .int(1), count: 65_536)) { _ in }
      }
      #expect(error.code == .tooManyBinds)
      error = try await rowanError { _ = try await driver.query("COPY (SELECT 1) TO STDOUT") { _ in } }
      #expect(error.code == .unsupported || error.code == .connectionLost)
      #expect(try await driver.int("SELECT count(*) FROM \(table)") == 0)
      try await driver.execute("DROP TABLE \(table)")
      try await driver.execute("DROP ROLE \(role)")
    }
  }

  @Test func conflictsOfTransactions() async throws {
    try await ServerAccess.withDriver(pool: PoolOptions(maxConnections: 4, lanes: 1)) { driver in
      let table = Statements.name("locked")
      try await driver.execute("CREATE TABLE \(table) (id int4 PRIMARY KEY, n int4)")
      try await driver.execute("INSERT INTO \(table) VALUES (1, 0), (2, 0)")
      let codes = try await withThrowingTaskGroup(of: RowanError.Code?.self) { group in
        let locked = Counter()
        for order in [(1, 2), (2, 1)] {
          group.addTask {
            do {
              try await driver.withConnection(Lease(access: .write)) { raw in
                let connection = Connection(raw: raw)
                try await raw.begin(TransactionOptions())
                try await connection.execute("UPDATE \(table) SET n = n + 1 WHERE id = \(order.0)")
                locked.add()
                try await locked.wait(for: 2)
                try await connection.execute("UPDATE \(table) SET n = n + 1 WHERE id = \(order.1)")
                try await raw.commit()
              }
              return nil
            } catch let error as RowanError {
              return error.code
            }
          }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(codes.contains(nil) && codes.contains(.deadlock))
      try await driver.withConnection(Lease(access: .write)) { raw in
        try await raw.begin(TransactionOptions())
        try await Connection(raw: raw).execute("SELECT * FROM \(table) WHERE id = 1 FOR UPDATE")
        let error = try await rowanError {
          try await driver.execute("SELECT * FROM \(table) WHERE id = 1 FOR UPDATE NOWAIT")
        }
        #expect(error.code == .lockTimeout)
        try await raw.rollback()
      }
      try await driver.execute("DROP TABLE \(table)")
    }
  }
}
