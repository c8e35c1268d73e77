import RowanCore

/// Reads the text of a `CREATE TABLE`, in which alone SQLite keeps names of constraints, CHECKs, computed values and
/// collations. https://sqlite.org/lang_createtable.html
struct CreateTableParser {
  /// A text the grammar has no room for.
  struct Failure: Error {}

  private var cursor: TokenCursor
  private var table = ParsedTable()

  /// The table that `text` creates.
  /// - Throws: ``Failure``.
  static func parse(_ text: String) throws -> ParsedTable {
    guard let cursor = TokenCursor(text) else { throw Failure() }
    var parser = CreateTableParser(cursor: cursor)
    try parser.statement()
    return parser.table
  }

  private init(cursor: TokenCursor) { self.cursor = cursor }

  private mutating func statement() throws {
    guard cursor.take("CREATE") else { throw Failure() }
    _ = cursor.take("TEMP") || cursor.take("TEMPORARY")
    guard cursor.take("TABLE") else { throw Failure() }
    _ = cursor.take("IF", "NOT", "EXISTS")
    table.name = try name()
    if cursor.take(mark: ".") { table.name = try name() }
    guard cursor.take(mark: "(") else { throw Failure() }
    repeat { try column() } while cursor.take(mark: ",") && !startsConstraint
    // The first table constraint follows a comma, the others need none.
    while cursor.peek?.isMark(")") == false {
      try tableConstraint()
      _ = cursor.take(mark: ",")
    }
    guard cursor.take(mark: ")") else { throw Failure() }
    try options()
  }

  private var startsConstraint: Bool {
    guard let token = cursor.peek else { return false }
    return ["CONSTRAINT", "PRIMARY", "UNIQUE", "CHECK", "FOREIGN"].contains { token.is($0) }
  }

  private mutating func options() throws {
    while !cursor.isAtEnd {
      if cursor.take("WITHOUT", "ROWID") {
        table.isWithoutRowID = true
      } else if cursor.take("STRICT") {
        table.isStrict = true
      } else if !cursor.take(mark: ",") {
        throw Failure()
      }
    }
  }

  private mutating func name() throws -> String {
    guard let name = cursor.name() else { throw Failure() }
    return name
  }

  private mutating func column() throws {
    var column = ParsedColumn(name: try name())
    column.type = type()
    column.note = column.type.isEmpty ? nil : cursor.commentBehind()
    while let token = cursor.peek, !token.isMark(","), !token.isMark(")") {
      let name = cursor.take("CONSTRAINT") ? try self.name() : nil
      if let token = cursor.peek, !token.isMark(","), !token.isMark(")") { try constraint(name, of: &column) }
    }
    table.columns.append(column)
  }

  private mutating func type() -> String {
    var words: [String] = []
    while let token = cursor.peek, token.isName,
      !Self.endsType.contains(token.kind == .word ? token.value.uppercased() : "")
    {
      // `GENERATED` is a type's word unless ALWAYS follows.
      if token.is("GENERATED"), cursor.second?.is("ALWAYS") == true { break }
      words.append(token.value)
      _ = cursor.next()
    }
    if !words.isEmpty, let size = cursor.parenthesised() {
      return words.joined(separator: " ") + "("
        + size.split(separator: ",").map { String($0).trimmed }.joined(separator: ",") + ")"
    }
    return words.joined(separator: " ")
  }

  private static let endsType: Set<String> = [
    "CONSTRAINT", "PRIMARY", "NOT", "NULL", "UNIQUE", "CHECK", "DEFAULT", "COLLATE", "REFERENCES", "AS",
  ]

  private mutating func constraint(_ name: String?, of column: inout ParsedColumn) throws {
    if cursor.take("PRIMARY", "KEY") {
      if cursor.take("DESC") { table.remarks.append("the descending order of the primary key") }
      _ = cursor.take("ASC")
      conflict()
      table.isAutoincrement = cursor.take("AUTOINCREMENT")
      table.primaryKey = ParsedKey(name: name, columns: [column.name])
    } else if cursor.take("NOT", "NULL") {
      remark(name, "NOT NULL of '\(column.name)'")
      column.isNotNull = true
      conflict()
    } else if cursor.take("NULL") {
      conflict()
    } else if cursor.take("UNIQUE") {
      conflict()
      table.uniques.append(ParsedKey(name: name, columns: [column.name]))
    } else if cursor.take("CHECK") {
      table.checks.append(ParsedCheck(name: name, expression: try parenthesised()))
      conflict()
    } else if cursor.take("DEFAULT") {
      remark(name, "the default of '\(column.name)'")
      column.defaultText = try defaultText()
    } else if cursor.take("COLLATE") {
      remark(name, "the collation of '\(column.name)'")
      column.collation = try self.name()
    } else if cursor.peek?.is("REFERENCES") == true {
      table.foreignKeys.append(try references(name, [column.name]))
    } else if cursor.take("GENERATED", "ALWAYS", "AS") || cursor.take("AS") {
      remark(name, "the expression of '\(column.name)'")
      let expression = try parenthesised()
      let isStored = cursor.take("STORED")
      if !isStored { _ = cursor.take("VIRTUAL") }
      column.computed = (expression, isStored)
    } else if let key = table.foreignKeys.indices.last, let deferral = deferral() {
      table.foreignKeys[key].deferral = deferral
    } else {
      throw Failure()
    }
  }

  private mutating func remark(_ name: String?, _ what: String) {
    if let name { table.remarks.append("the name '\(name)' of \(what)") }
  }

  private mutating func conflict() {
    guard cursor.take("ON", "CONFLICT"), let what = cursor.next() else { return }
    if what.value.uppercased() != "ABORT" {
      table.remarks.append("ON CONFLICT \(what.value.uppercased())")
    }
  }

  private mutating func parenthesised() throws -> String {
    guard let text = cursor.parenthesised() else { throw Failure() }
    return text
  }

  private mutating func defaultText() throws -> String {
    if cursor.peek?.isMark("(") == true { return "(\(try parenthesised()))" }
    if cursor.take(mark: "+") { return try number() }
    if cursor.take(mark: "-") { return "-" + (try number()) }
    guard let token = cursor.next() else { throw Failure() }
    switch token.kind {
    case .string: return SQLLiteral.quoted(token.value)
    case .blob: return "X'\(token.value)'"
    case .number: return token.value
    // A name is a string here, except for these words.
    case .word
    where ["NULL", "TRUE", "FALSE", "CURRENT_TIME", "CURRENT_DATE", "CURRENT_TIMESTAMP"]
      .contains(token.value.uppercased()):
      return token.value.uppercased()
    case .word, .quotedName: return SQLLiteral.quoted(token.value)
    case .mark, .comment: throw Failure()
    }
  }

  private mutating func number() throws -> String {
    guard let token = cursor.next(), token.kind == .number else { throw Failure() }
    return token.value
  }

  private mutating func tableConstraint() throws {
    let name = cursor.take("CONSTRAINT") ? try self.name() : nil
    if cursor.take("PRIMARY", "KEY") {
      table.primaryKey = ParsedKey(name: name, columns: try keyColumns("the primary key"))
      conflict()
    } else if cursor.take("UNIQUE") {
      table.uniques.append(ParsedKey(name: name, columns: try keyColumns("a unique constraint")))
      conflict()
    } else if cursor.take("CHECK") {
      table.checks.append(ParsedCheck(name: name, expression: try parenthesised()))
      conflict()
    } else if cursor.take("FOREIGN", "KEY") {
      table.foreignKeys.append(try references(name, try names()))
    } else if name == nil {
      throw Failure()
    }
  }

  private mutating func keyColumns(_ what: String) throws -> [String] {
    guard cursor.take(mark: "(") else { throw Failure() }
    var columns: [String] = []
    repeat {
      columns.append(try name())
      if cursor.take("COLLATE") { table.remarks.append("the collation '\(try name())' of \(what)") }
      if cursor.take("DESC") { table.remarks.append("the descending order of \(what)") }
      _ = cursor.take("ASC")
      if cursor.take("AUTOINCREMENT") { table.isAutoincrement = true }
    } while cursor.take(mark: ",")
    guard cursor.take(mark: ")") else { throw Failure() }
    return columns
  }

  private mutating func names() throws -> [String] {
    guard cursor.take(mark: "(") else { throw Failure() }
    var names: [String] = []
    repeat { names.append(try name()) } while cursor.take(mark: ",")
    guard cursor.take(mark: ")") else { throw Failure() }
    return names
  }

  private mutating func references(_ name: String?, _ columns: [String]) throws -> ParsedForeignKey {
    guard cursor.take("REFERENCES") else { throw Failure() }
    var key = ParsedForeignKey(name: name, columns: columns, target: try self.name())
    if cursor.peek?.isMark("(") == true { key.targetColumns = try names() }
    while true {
      if cursor.take("ON", "DELETE") {
        key.onDelete = try action()
      } else if cursor.take("ON", "UPDATE") {
        key.onUpdate = try action()
      } else if cursor.take("MATCH") {
        // SQLite has no other: https://sqlite.org/foreignkeys.html#fk_unsupported
        let match = try self.name()
        if match.uppercased() != "SIMPLE" { table.remarks.append("MATCH \(match.uppercased())") }
      } else if let deferral = deferral() {
        key.deferral = deferral
      } else {
        return key
      }
    }
  }

  private mutating func action() throws -> ForeignKeyAction {
    if cursor.take("SET", "NULL") { return .setNull }
    if cursor.take("SET", "DEFAULT") { return .setDefault }
    if cursor.take("CASCADE") { return .cascade }
    if cursor.take("RESTRICT") { return .restrict }
    if cursor.take("NO", "ACTION") { return .noAction }
    throw Failure()
  }

  private mutating func deferral() -> ConstraintDeferral? {
    let isNot = cursor.take("NOT", "DEFERRABLE")
    guard isNot || cursor.take("DEFERRABLE") else { return nil }
    let isDeferred = cursor.take("INITIALLY", "DEFERRED")
    if !isDeferred { _ = cursor.take("INITIALLY", "IMMEDIATE") }
    return isNot ? .immediate : isDeferred ? .deferred : .deferrable
  }
}
