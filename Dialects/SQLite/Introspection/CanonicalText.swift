import RowanCore

/// Expressions in a form in which two can be compared.
///
/// SQLite keeps what it is given, letter by letter, except that a renamed column or table is put into double quotes.
/// So the form is of this library's making: tokens one blank apart, no comments, words in lower case, quotes taken off
/// names that need none. It does not depend on the version of SQLite, and the emitter knows it beforehand.
enum CanonicalText {
  /// The version of the form.
  static let version = "1"

  /// `source` with its canonical form.
  static func expression(_ source: String) -> SchemaExpression {
    let source = source.trimmed
    guard let text = form(source) else { return SchemaExpression(source) }
    return SchemaExpression(source, canonical: CanonicalSQL(engine: "sqlite", version: version, text: text))
  }

  /// The form of `source`; nil where a quote in it does not end.
  static func form(_ source: String) -> String? {
    SQLiteTokenizer.tokens(source)?.map(text).joined(separator: " ")
  }

  private static func text(_ token: SQLiteToken) -> String {
    switch token.kind {
    case .word, .number: token.value.folded
    case .string: SQLLiteral.quoted(token.value)
    case .blob: "x'\(token.value.folded)'"
    case .mark, .comment: token.value == "==" ? "=" : token.value == "!=" ? "<>" : token.value
    case .quotedName: name(token.value)
    }
  }

  private static func name(_ value: String) -> String {
    // A quoted keyword is a name, and stays told from the keyword.
    isPlain(value) ? value.folded : "\"" + value.folded.replacing("\"", with: "\"\"") + "\""
  }

  /// Whether a name needs no quotes.
  static func isPlain(_ name: String) -> Bool {
    let isWord = name.utf8.enumerated().allSatisfy { index, byte in
      byte == UInt8(ascii: "_") || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
        || (index > 0 && (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte))
    }
    return isWord && !name.isEmpty && !SQLiteKeywords.reserved.contains(name.uppercased())
  }
}
