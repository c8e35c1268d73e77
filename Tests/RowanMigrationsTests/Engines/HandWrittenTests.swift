import RowanCore
import RowanMySQL
import RowanPostgres
import RowanSQLite
import Testing

@testable import RowanMigrations

/// SQL written by hand that does more than it may, or leaves something behind.
@Suite struct HandWrittenTests {
  private func migrator(_ setup: MigrationSetup) throws -> Migrator {
    var options = MigrationOptions(policy: MigrationPolicy(requiresReview: false))
    options.drift = .ignore
    return try setup.migrator(options)
  }

  @Test(
    arguments: MigrationEngine.all,
    [
      "BEGIN", "begin transaction", "START TRANSACTION", "COMMIT", "/* x */ COMMIT WORK", "ROLLBACK", "END",
    ])
  func transactionsAreTheRunners(_ engine: MigrationEngine, _ statement: String) async throws {
    try await engine.withSetup { setup in
      try setup.write("own", up: "CREATE TABLE a (x integer);\n\(statement);\nINSERT INTO a VALUES (1);\n")
      let error = await #expect(throws: RowanError.self) { try await migrator(setup).run(.latest) }
      #expect(error?.code == .unsupported)
      #expect(error?.message.contains("own/up.sql:2") == true, "\(error?.message ?? "")")
      #expect(try await migrator(setup).status().map(\.verdict) == [.pending])
      let found = try await setup.database.dialect.makeIntrospector().introspect(setup.database, .init())
      #expect(found.schema.table(ObjectName("a")) == nil)
    }
  }

  @Test func whatCannotBePartOfAMigration() throws {
    let mysql = MySQLDialect().scriptSyntax, postgres = PostgresDialect().scriptSyntax
    for statement in [
      "SET autocommit=0", "SET @@session.autocommit = 0", "/*!40101 SET AUTOCOMMIT=0 */", "LOCK TABLES `a` WRITE",
      "UNLOCK TABLES", "USE other", "XA START 'x'", "FLUSH TABLES WITH READ LOCK", "SET sql_mode = '', autocommit = 0",
    ] {
      #expect(try TransactionControl.name(of: statement, syntax: mysql) != nil, "\(statement)")
    }
    for statement in [
      "BEGIN NOT ATOMIC SELECT 1; END", "ROLLBACK TO SAVEPOINT a", "SET sql_mode = 'autocommit'", "SAVEPOINT a",
      "CREATE PROCEDURE p() BEGIN START TRANSACTION; END", "INSERT INTO begin VALUES (1)",
    ] {
      #expect(try TransactionControl.name(of: statement, syntax: mysql) == nil, "\(statement)")
    }
    for statement in ["LOCK TABLE a IN EXCLUSIVE MODE", "SET search_path = a", "DO $$ BEGIN NULL; END $$"] {
      #expect(try TransactionControl.name(of: statement, syntax: postgres) == nil, "\(statement)")
    }
    #expect(try TransactionControl.name(of: "PREPARE TRANSACTION 'x'", syntax: postgres) != nil)
  }

  /// Hidden in a routine, a transaction is noticed when its statement is done.
  @Test(.enabled(if: MigrationEngine.all.contains { $0.name == "mysql" }))
  func aTransactionOfARoutine() async throws {
    try await MigrationEngine(name: "mysql").withSetup { setup in
      try await setup.run("CREATE TABLE t (id int)")
      try await setup.run("CREATE PROCEDURE p() BEGIN START TRANSACTION; INSERT INTO t VALUES (1); END")
      try await setup.run("CREATE PROCEDURE off() SET autocommit = 0")
      for name in ["p", "off"] {
        try setup.write(name, up: "CALL \(name)();\nINSERT INTO t VALUES (2);\n")
        let error = await #expect(throws: RowanError.self) { try await migrator(setup).run(.latest) }
        #expect(error?.code == .migrationFailed)
        #expect((error?.cause as? RowanError)?.code == .unsupported)
        #expect(try await setup.value("SELECT CAST(count(*) AS CHAR) FROM t") == "0")
        #expect(try await migrator(setup).status().last?.row?.statementsApplied == 0)
        try await setup.run("DROP PROCEDURE \(name)", "CREATE PROCEDURE \(name)() SELECT 1")
        #expect(try await migrator(setup).run(.latest).map(\.statements) == [2])
        #expect(try await setup.value("SELECT CAST(count(*) AS CHAR) FROM t") == "1")
        try await setup.run("DELETE FROM t")
      }
    }
  }

  @Test(.enabled(if: MigrationEngine.all.contains { $0.name == "postgres" }))
  func settingsEndWithTheirGroupOnPostgres() async throws {
    try await MigrationEngine(name: "postgres").withSetup { setup in
      try setup.write("one", up: "CREATE SCHEMA other;\nSET search_path = other;\nCREATE TABLE a (x int);\n")
      try setup.write("two", up: "CREATE TABLE z (x int);\n")
      try setup.write(
        "three",
        up: "SELECT set_config('search_path', '', false);\nCREATE TABLE public.b (x int);\n"
          + "-- rowan:outside\nSET lock_timeout = 0;\n-- rowan:outside\nCREATE TABLE c (x int);\n")
      #expect(try await migrator(setup).run(.latest).count == 3)
      let found = try await setup.value(
        "SELECT string_agg(schemaname || '.' || tablename, ',' ORDER BY tablename) FROM pg_tables "
          + "WHERE schemaname IN ('public', 'other') AND tablename NOT LIKE 'rowan%'")
      #expect(found == "other.a,public.b,public.c,public.z")
    }
  }

  @Test(.enabled(if: MigrationEngine.all.contains { $0.name == "mysql" }))
  func settingsEndWithTheirFileOnMariaDB() async throws {
    try await MigrationEngine(name: "mysql").withSetup { setup in
      try setup.write(
        "one",
        up: """
          SET foreign_key_checks = 0, sql_mode = '';
          CREATE TABLE p (id int PRIMARY KEY);
          CREATE TABLE c (id int, pid int, d varchar(2), FOREIGN KEY (pid) REFERENCES p (id));
          INSERT INTO c VALUES (1, 99, 'long');
          """)
      try setup.write("two", up: "INSERT INTO c VALUES (2, 98, 'x');\n")
      let error = await #expect(throws: RowanError.self) { try await migrator(setup).run(.latest) }
      #expect((error?.cause as? RowanError)?.code == .foreignKeyViolation)
      #expect(try await setup.value("SELECT group_concat(id, d) FROM c") == "1lo")
    }
  }

  /// The settings of a file hold also for the run that goes on where another stopped.
  @Test(.enabled(if: MigrationEngine.all.contains { $0.name == "mysql" }))
  func settingsAreMadeAgain() async throws {
    try await MigrationEngine(name: "mysql").withSetup { setup in
      try setup.write(
        "one",
        up: """
          SET foreign_key_checks = 0;
          CREATE TABLE p (id int PRIMARY KEY);
          CREATE TABLE c (id int, pid int, FOREIGN KEY (pid) REFERENCES p (id));
          INSERT INTO missing VALUES (1);
          INSERT INTO c VALUES (1, 99);
          """)
      let error = await #expect(throws: RowanError.self) { try await migrator(setup).run(.latest) }
      #expect(error?.message.contains("up.sql:4") == true, "\(error?.message ?? "")")
      try await setup.run("CREATE TABLE missing (id int)")
      #expect(try await migrator(setup).run(.latest).map(\.statements) == [2])
      #expect(try await setup.value("SELECT CAST(count(*) AS CHAR) FROM c") == "1")
    }
  }
}
