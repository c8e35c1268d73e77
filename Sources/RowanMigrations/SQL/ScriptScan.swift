import RowanCore

/// One pass over a script.
struct ScriptScan {
  private(set) var lexer: SQLLexer
  private(set) var statements: [SQLStatement] = []
  private(set) var comments: [ScriptComment] = []

  private let syntax: SQLScriptSyntax
  private var tracker: BodyTracker
  /// The statement under way: its first byte, its first line, and the byte after its last token so far.
  private var current: (start: Int, line: Int, end: Int)?
  private var parentheses = 0
  private var parenthesisLine = 1
  private var startsWithCopy = false
  private var lastWord: Keyword?
  /// The line on which the last token that is no comment or blank ended.
  private var lastLine = 0
  /// The comments since the start of the statement under way, which are inside it if it goes on.
  private var pending: [Int] = []

  init(_ bytes: [UInt8], syntax: SQLScriptSyntax, delimiter: [UInt8]) {
    lexer = SQLLexer(bytes, syntax: syntax, delimiter: delimiter)
    self.syntax = syntax
    tracker = BodyTracker(syntax)
  }

  func text(_ start: Int, _ end: Int) -> String { String(decoding: lexer.bytes[start..<end], as: UTF8.self) }

  private var isStandard: Bool { lexer.delimiter == [UInt8(ascii: ";")] }

  mutating func run() throws(RowanError) {
    while let token = try lexer.next() {
      switch token.kind {
      case .blank, .blockComment: break
      case .lineComment: note(token)
      case .delimiter:
        if lexer.executableDepth > 0 || holds() {
          extend(to: token)
        } else {
          finish()
        }
        lastLine = lexer.line
      default:
        try significant(token)
        lastLine = lexer.line
      }
    }
    try checkClosed()
    finish()
  }

  private mutating func holds() -> Bool {
    guard isStandard, current != nil else { return false }
    if parentheses > 0 { return true }
    return tracker.holdsSemicolon()
  }

  private mutating func extend(to token: SQLToken) {
    guard let statement = current else {
      current = (token.start, token.line, token.end)
      return
    }
    current = (statement.start, statement.line, token.end)
    for index in pending { comments[index].isInside = true }
    pending.removeAll()
  }

  private mutating func significant(_ token: SQLToken) throws(RowanError) {
    let isFirst = current == nil
    switch token.kind {
    case .word:
      let keyword = Keyword(lexer.bytes[token.start..<token.end])
      if isFirst, keyword == .delimiter, syntax.delimiterCommand { return try changeDelimiter(line: token.line) }
      extend(to: token)
      if parentheses == 0 {
        if isFirst { startsWithCopy = keyword == .copy }
        if startsWithCopy, syntax.copyFromStdin, keyword == .stdin, lastWord == .from {
          throw RowanError(
            .clientCommand, "line \(token.line): COPY … FROM STDIN is no SQL that a migration can run",
            hint: "write the rows as INSERT statements")
        }
        lastWord = keyword
        tracker.word(keyword, line: token.line)
      }
    case .symbol:
      if syntax.backslashCommands, lexer.bytes[token.start] == UInt8(ascii: "\\") {
        throw RowanError(
          .clientCommand, "line \(token.line): a command of the client, which starts with a backslash, is no SQL",
          hint: "remove it; psql alone understands it")
      }
      extend(to: token)
      symbol(lexer.bytes[token.start], line: token.line)
    case .string, .quotedIdentifier:
      extend(to: token)
      if parentheses == 0 {
        lastWord = nil
        tracker.other(nil)
      }
    default:
      // An executable comment's marks: what stands between them is the statement.
      extend(to: token)
    }
  }

  private mutating func symbol(_ byte: UInt8, line: Int) {
    if byte == UInt8(ascii: "(") {
      if parentheses == 0 { parenthesisLine = line }
      parentheses &+= 1
    } else if byte == UInt8(ascii: ")"), parentheses > 0 {
      parentheses &-= 1
    }
    if parentheses == 0 {
      lastWord = nil
      tracker.other(byte)
    }
  }

  private mutating func finish() {
    if let statement = current {
      statements.append(
        SQLStatement(
          text: text(statement.start, statement.end), offset: statement.start, line: statement.line,
          delimiter: String(decoding: lexer.delimiter, as: UTF8.self)))
      // Comments after the last token stand behind the statement.
      for index in pending { comments[index].statementsBefore = statements.count }
    }
    pending.removeAll()
    current = nil
    parentheses = 0
    startsWithCopy = false
    lastWord = nil
    tracker = BodyTracker(syntax)
  }

  private func mark(_ what: String, _ line: Int) -> RowanError {
    RowanError.unterminatedBlock(
      what, line: line,
      hint: syntax.delimiterCommand ? "close it, or put DELIMITER lines around the statement" : "close it")
  }

  private mutating func checkClosed() throws(RowanError) {
    if lexer.executableDepth > 0 { throw RowanError.unterminatedComment(line: lexer.executableLine) }
    guard isStandard, current != nil else { return }
    if parentheses > 0 { throw mark("a parenthesis", parenthesisLine) }
    if let line = tracker.openBlockLine() { throw mark("the body of the statement", line) }
  }

  private mutating func note(_ token: SQLToken) {
    let isDashes = lexer.bytes[token.start] == UInt8(ascii: "-")
    guard isDashes else { return }
    if current != nil { pending.append(comments.count) }
    comments.append(
      ScriptComment(
        text: text(token.start &+ 2, token.end), line: token.line, statementsBefore: statements.count,
        isInside: false, isAlone: token.line != lastLine))
  }

  /// https://dev.mysql.com/doc/refman/8.4/en/mysql-commands.html: the rest of the line is the delimiter.
  private mutating func changeDelimiter(line: Int) throws(RowanError) {
    let rest = lexer.restOfLine()
    let argument = rest.map { lexer.bytes[$0.start..<$0.end] } ?? []
    let word = argument.drop(while: SQLBytes.isBlank).prefix { !SQLBytes.isBlank($0) }
    let opensComment = word.first == UInt8(ascii: "#") || word.starts(with: "--".utf8) || word.starts(with: "/*".utf8)
    let quotes = Array("'\"`\\".utf8)
    guard !word.isEmpty, word.count <= 16, !opensComment, !word.contains(where: { quotes.contains($0) }) else {
      throw RowanError(
        .clientCommand, "line \(line): DELIMITER is not followed by a usable delimiter",
        hint: "write at most 16 bytes without quotes, backslashes and comments, such as //")
    }
    lexer.delimiter = Array(word)
  }
}
