import RowanCore
import RowanMigrations
import Testing

/// Where statements end.
@Suite struct SplitterTests {
  private func split(_ text: String, _ dialect: ScriptDialect) throws -> [String] {
    try SQLSplitter(dialect.syntax).split(text).statements.map(\.text)
  }

  private func code(_ text: String, _ dialect: ScriptDialect) -> RowanError? {
    #expect(throws: RowanError.self) { try split(text, dialect) }
  }

  @Test(arguments: ScriptDialect.allCases)
  func separatesStatements(_ dialect: ScriptDialect) throws {
    let text = "-- head; not one\nSELECT 1;\n\n /* a;b */ SELECT ';', 'it''s;' ;;\nSELECT \"a;b\""
    let script = try SQLSplitter(dialect.syntax).split(text)
    #expect(script.statements.map(\.text) == ["SELECT 1", "SELECT ';', 'it''s;'", "SELECT \"a;b\""])
    #expect(script.statements.map(\.line) == [2, 4, 5])
    #expect(script.statements.map(\.offset) == [17, 39, 63])
    #expect(script.separators == ["-- head; not one\n", ";\n\n /* a;b */ ", " ;;\n", ""])
  }

  @Test(arguments: ScriptDialect.allCases)
  func emptyScriptsHaveNoStatement(_ dialect: ScriptDialect) throws {
    for text in ["", " \n", ";;;", "-- a", "/* a */;", "\u{FEFF}", "\u{FEFF}-- a\r\n"] {
      #expect(try split(text, dialect).isEmpty)
    }
  }

  @Test(arguments: ScriptDialect.allCases)
  func unterminatedPartsNameTheirLine(_ dialect: ScriptDialect) {
    for (text, expected) in [
      ("SELECT 1;\nSELECT 'a;\n\n", RowanError.Code.unterminatedString),
      ("SELECT 1;\nSELECT \"a;\n\n", .unterminatedString),
      ("SELECT 1;\n/* a;\n\n", .unterminatedComment),
      ("SELECT 1;\nSELECT (1;\n\n", .unterminatedBlock),
    ] {
      let error = code(text, dialect)
      #expect(error?.code == expected)
      #expect(error?.message.contains("line 2") == true)
    }
  }

  @Test func dollarQuotes() throws {
    let function = "CREATE FUNCTION f() RETURNS int AS $body$ BEGIN RETURN $$;$$; END; $body$ LANGUAGE plpgsql"
    #expect(
      try split("\(function);SELECT $1;SELECT a$$b;SELECT 1", .postgres)
        == [function, "SELECT $1", "SELECT a$$b", "SELECT 1"])
    #expect(try split("SELECT $ä$;$ä$;SELECT $a b$", .postgres) == ["SELECT $ä$;$ä$", "SELECT $a b$"])
    let error = code("\nDO $x$ a; $y$", .postgres)
    #expect(error?.code == .unterminatedString)
    #expect(error?.message.contains("dollar-quoted string that starts on line 2") == true)
    #expect(try split("SELECT '$$';SELECT $$;", .mysql) == ["SELECT '$$'", "SELECT $$"])
  }

  @Test func backslashes() throws {
    #expect(
      try split(#"SELECT 'a\';SELECT E'\';';SELECT e'\\'; SELECT U&'\';1"#, .postgres)
        == [#"SELECT 'a\'"#, #"SELECT E'\';'"#, #"SELECT e'\\'"#, #"SELECT U&'\'"#, "1"])
    #expect(try split("SELECT E'a' -- c\n '\\';';SELECT 1", .postgres) == ["SELECT E'a' -- c\n '\\';'", "SELECT 1"])
    #expect(try split("SELECT E'a' '\\';SELECT 1", .postgres) == ["SELECT E'a' '\\'", "SELECT 1"])
    #expect(
      try split(#"SELECT 'a\';b', "\";";SELECT `\`;1"#, .mysql) == [#"SELECT 'a\';b', "\";""#, #"SELECT `\`"#, "1"])
    #expect(try split(#"SELECT 'a\';SELECT 1"#, .sqlite) == [#"SELECT 'a\'"#, "SELECT 1"])
    #expect(code(#"SELECT 'a\"#, .mysql)?.code == .unterminatedString)
  }

  @Test func identifiers() throws {
    #expect(try split("SELECT `a;b``;`;SELECT [c;'d];1", .sqlite) == ["SELECT `a;b``;`", "SELECT [c;'d]", "1"])
    #expect(try split("SELECT a[1];SELECT 1", .postgres) == ["SELECT a[1]", "SELECT 1"])
    #expect(code("SELECT [a;", .sqlite)?.code == .unterminatedString)
  }

  @Test func comments() throws {
    #expect(try split("/* /* ; */ ; */ SELECT 1;SELECT 2", .postgres) == ["SELECT 1", "SELECT 2"])
    #expect(try split("/* /* ; */ SELECT 1;SELECT 2", .sqlite) == ["SELECT 1", "SELECT 2"])
    #expect(code("/* /* */", .postgres)?.code == .unterminatedComment)
    #expect(try split("# it's;\nSELECT 1 # ;\n;SELECT 2--1;", .mysql) == ["SELECT 1", "SELECT 2--1"])
    #expect(try split("SELECT 1 -- it's\rFROM a;SELECT 2", .postgres) == ["SELECT 1 -- it's\rFROM a", "SELECT 2"])
    #expect(try split("SELECT 1 /* a */ + /* b */ 2 /* c */;", .mysql) == ["SELECT 1 /* a */ + /* b */ 2"])
  }

  @Test func executableComments() throws {
    #expect(
      try split("/*!40101 SET a = ';*/' */;\n/*M!100100 SET b; */;/* no */SELECT 1", .mysql)
        == ["/*!40101 SET a = ';*/' */", "/*M!100100 SET b; */", "SELECT 1"])
    let error = code("SELECT 1;\n/*!40101 SET a;", .mysql)
    #expect(error?.code == .unterminatedComment)
    #expect(error?.message.contains("line 2") == true)
    let dump =
      "/*!50003 CREATE*/ /*!50017 DEFINER=`a`@`b`*/ /*!50003 TRIGGER t AFTER INSERT ON a FOR EACH ROW BEGIN\n"
      + "SET @a = 1; END */"
    #expect(try split("DELIMITER ;;\n\(dump);;\nDELIMITER ;\nSELECT 1;", .mysql) == [dump, "SELECT 1"])
    #expect(try split("\(dump);SELECT 1;", .mysql) == [dump, "SELECT 1"])
  }

  @Test func delimiterCommand() throws {
    let script = try SQLSplitter(ScriptDialect.mysql.syntax).split(
      "SELECT 1;\nDELIMITER $$\nCREATE PROCEDURE p() BEGIN SELECT (1; END$$\ndelimiter ;\nSELECT 2;")
    #expect(script.statements.map(\.text) == ["SELECT 1", "CREATE PROCEDURE p() BEGIN SELECT (1; END", "SELECT 2"])
    #expect(script.statements.map(\.delimiter) == [";", "$$", ";"])
    for text in ["DELIMITER", "DELIMITER \nSELECT 1", "DELIMITER '", "DELIMITER \\", "DELIMITER 12345678901234567"] {
      #expect(code(text, .mysql)?.code == .clientCommand)
    }
    #expect(try split("SELECT delimiter;SELECT 1", .mysql) == ["SELECT delimiter", "SELECT 1"])
    #expect(try split("DELIMITER x;SELECT 1", .postgres) == ["DELIMITER x", "SELECT 1"])
  }

  @Test func copyFromStdinIsRefused() throws {
    let error = code("SELECT 1;\nCOPY public.a (b, c)\nFROM stdin WITH (FORMAT csv);\n1,2\n\\.\n", .postgres)
    #expect(error?.code == .clientCommand)
    #expect(error?.message.contains("line 3") == true)
    #expect(try split("COPY a FROM '/stdin';COPY a TO STDOUT;", .postgres).count == 2)
  }

  @Test func psqlCommandsAreRefused() throws {
    let error = code("SELECT 1;\n\\connect other\nSELECT 2;", .postgres)
    #expect(error?.code == .clientCommand)
    #expect(error?.message.contains("line 2") == true)
    #expect(try split("SELECT '\\connect';", .postgres).count == 1)
  }

  @Test func sqliteTriggers() throws {
    let trigger =
      "CREATE TEMP TRIGGER IF NOT EXISTS t AFTER UPDATE OF \"end\" ON a WHEN CASE WHEN 1 THEN 1 END\n"
      + "BEGIN UPDATE b SET end = CASE c WHEN 1 THEN 2 END; INSERT INTO d VALUES ('END;'); END"
    #expect(try split("\(trigger);SELECT 1;", .sqlite) == [trigger, "SELECT 1"])
    #expect(try split("\(trigger)", .sqlite) == [trigger])
    #expect(try split("BEGIN;SELECT 1;END;COMMIT", .sqlite) == ["BEGIN", "SELECT 1", "END", "COMMIT"])
    let error = code("SELECT 1;\nCREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT 1;\n", .sqlite)
    #expect(error?.code == .unterminatedBlock)
    #expect(error?.message.contains("line 2") == true)
  }

  @Test func postgresBodies() throws {
    let function =
      "CREATE OR REPLACE FUNCTION f(begin int) RETURNS int LANGUAGE sql\nBEGIN ATOMIC\n"
      + "SELECT CASE WHEN begin = 1 THEN 2 END; SELECT 3; END"
    #expect(try split("\(function);SELECT 1", .postgres) == [function, "SELECT 1"])
    let rule = "CREATE RULE r AS ON INSERT TO a DO ALSO (INSERT INTO b VALUES (1); DELETE FROM c)"
    #expect(try split("\(rule);BEGIN;SELECT 1;END", .postgres) == [rule, "BEGIN", "SELECT 1", "END"])
    #expect(try split("CREATE TRIGGER t AFTER INSERT ON a EXECUTE FUNCTION begin();SELECT 1", .postgres).count == 2)
  }

  @Test(arguments: [
    "CREATE DEFINER=root@localhost PROCEDURE p(IN a INT) BEGIN IF a THEN SELECT IF(a, 1, 2); END IF; "
      + "CASE a WHEN 1 THEN SELECT 1; ELSE SELECT CASE a WHEN 1 THEN 2 END; END CASE; "
      + "l: LOOP LEAVE l; END LOOP l; WHILE a DO SET a = 0; END WHILE; "
      + "REPEAT SET a = REPEAT('x', 2); UNTIL a END REPEAT; BEGIN SELECT 1; END; END",
    "CREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW FOLLOWS u IF NEW.a IS NULL THEN SET NEW.a = IF(1, 2, 3); "
      + "ELSE IF NEW.b THEN SET NEW.b = CASE WHEN 1 THEN IF(1, 2, 3) ELSE IF(4, 5, 6) END; END IF; END IF",
    "CREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW SET NEW.a = IF(1, 2, 3)",
    "CREATE FUNCTION f(a INT) RETURNS VARCHAR(20) DETERMINISTIC CASE a WHEN 1 THEN RETURN 'x'; ELSE BEGIN END; "
      + "END CASE",
    "CREATE FUNCTION IF NOT EXISTS f(a INT) RETURNS INT RETURN CASE a WHEN 1 THEN 2 END",
    "CREATE PROCEDURE p() l: WHILE 1 DO LEAVE l; END WHILE l",
    "CREATE PROCEDURE p() REPEAT IF 1 THEN SELECT 1; END IF; UNTIL 1 END REPEAT",
    "CREATE EVENT e ON SCHEDULE EVERY 1 DAY DO BEGIN DELETE FROM a; DELETE FROM b; END",
    "CREATE OR REPLACE PROCEDURE p() BEGIN DECLARE EXIT HANDLER FOR NOT FOUND IF 1 THEN SELECT 1; END IF; "
      + "FOR i IN 1..3 DO SELECT i; END FOR; DROP TABLE IF EXISTS a; END",
    "BEGIN NOT ATOMIC DECLARE a INT; SELECT 1; END",
    "IF 1 THEN SELECT 1; ELSEIF 2 THEN SELECT 2; END IF",
  ])
  func mysqlBodies(_ body: String) throws {
    #expect(try split("SELECT 0;\(body);\nSELECT 1;", .mysql) == ["SELECT 0", body, "SELECT 1"])
    #expect(try split(body, .mysql) == [body])
  }

  @Test func mysqlStatementsWithoutBodies() throws {
    #expect(
      try split("BEGIN;SELECT 1;COMMIT;DROP TABLE IF EXISTS a;SELECT CASE 1 WHEN 1 THEN 2 END;1", .mysql).count == 6)
    #expect(try split("DROP PROCEDURE IF EXISTS p;CREATE TABLE event (begin INT);XA END 'x';", .mysql).count == 3)
    #expect(code("CREATE PROCEDURE p() BEGIN SELECT 1;", .mysql)?.hint?.contains("DELIMITER") == true)
  }
}
