/// The words that decide where a statement ends.
enum Keyword: String, Sendable {
  case aggregate = "AGGREGATE"
  case alter = "ALTER"
  case analyze = "ANALYZE"
  case atomic = "ATOMIC"
  case begin = "BEGIN"
  case call = "CALL"
  case `case` = "CASE"
  case constraint = "CONSTRAINT"
  case copy = "COPY"
  case create = "CREATE"
  case definer = "DEFINER"
  case delete = "DELETE"
  case delimiter = "DELIMITER"
  case `do` = "DO"
  case drop = "DROP"
  case `else` = "ELSE"
  case end = "END"
  case event = "EVENT"
  case execute = "EXECUTE"
  case explain = "EXPLAIN"
  case `for` = "FOR"
  case from = "FROM"
  case function = "FUNCTION"
  case `if` = "IF"
  case insert = "INSERT"
  case loop = "LOOP"
  case not = "NOT"
  case or = "OR"
  case procedure = "PROCEDURE"
  case `repeat` = "REPEAT"
  case replace = "REPLACE"
  case `return` = "RETURN"
  case row = "ROW"
  case select = "SELECT"
  case set = "SET"
  case signal = "SIGNAL"
  case stdin = "STDIN"
  case temp = "TEMP"
  case temporary = "TEMPORARY"
  case then = "THEN"
  case trigger = "TRIGGER"
  case truncate = "TRUNCATE"
  case update = "UPDATE"
  case `while` = "WHILE"
  case with = "WITH"

  private static let longest = 10

  /// The keyword that `bytes` spell in either case; nil for other words.
  init?(_ bytes: ArraySlice<UInt8>) {
    guard bytes.count <= Keyword.longest else { return nil }
    let upper = String(decoding: bytes.map { $0 >= 0x61 && $0 <= 0x7A ? $0 & 0xDF : $0 }, as: UTF8.self)
    self.init(rawValue: upper)
  }

  /// Whether the word opens a compound statement that `END` and the same word close.
  var opensControl: Bool {
    switch self {
    case .if, .loop, .while, .repeat, .for: true
    default: false
    }
  }

  /// Whether the word starts a statement without a body.
  var startsSimpleStatement: Bool {
    switch self {
    case .alter, .analyze, .call, .create, .delete, .do, .drop, .execute, .insert, .replace, .return, .select, .set,
      .signal, .truncate, .update, .with:
      true
    default: false
    }
  }
}
