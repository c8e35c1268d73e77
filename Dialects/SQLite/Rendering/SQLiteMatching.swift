import RowanCore

/// Matching text, case-sensitively unless asked otherwise. LIKE folds the case of ASCII letters whatever the column's
/// collation, so that it serves only the insensitive forms. https://sqlite.org/lang_expr.html#like
extension SQLitePrinter {
  func match(_ match: LikeMatch, in place: Precedence) throws {
    if match.caseInsensitive { return try plainLike(match, in: place) }
    switch match.kind {
    case .prefix where isColumn(match.text): try prefix(match, in: place)
    case .contains: try contains(match, in: place)
    default:
      let kind = match.kind
      try group(.comparison, in: place) {
        try expr(match.text, .concatenation)
        emit(match.word("GLOB"))
        try patternOperand(match) { try LikePattern.glob($0, kind) }
      }
    }
  }

  /// A range, which can use an index; with a bound pattern neither GLOB nor LIKE can.
  private func prefix(_ match: LikeMatch, in place: Precedence) throws {
    let level: Precedence = match.negated ? .disjunction : .conjunction
    try group(level, in: place) {
      try expr(match.text, .concatenation)
      emit(match.negated ? " < " : " >= ")
      try patternOperand(match) { $0 }
      emit(" COLLATE BINARY\(match.negated ? " OR " : " AND ")")
      try expr(match.text, .concatenation)
      emit(match.negated ? " >= " : " < ")
      guard let step = try BoundOperand(match.operand)?.transformed(by: SQLitePrinter.afterPrefix) else {
        throw unsupported("a prefix that is no bound text", alternative: "bind the text")
      }
      bind(step, type: nil)
      emit(" COLLATE BINARY")
    }
  }

  private func contains(_ match: LikeMatch, in place: Precedence) throws {
    try group(.comparison, in: place) {
      emit("instr(")
      try expr(match.text)
      emit(", ")
      try patternOperand(match) { $0 }
      emit(match.negated ? ") = 0" : ") > 0")
    }
  }

  /// What sorts right after every text that starts with `value`: the same with its last character raised by one. Where
  /// no character can be raised, an empty BLOB, which sorts after any text.
  private static func afterPrefix(_ value: SQLValue) throws -> SQLValue {
    if case .null = value { return .null }
    guard case .text(let text) = value else {
      throw RowanError(.encodingFailed, "a prefix to match text with is not a text", hint: "bind a String")
    }
    var scalars = Array(text.unicodeScalars)
    while let last = scalars.popLast() {
      // U+D800 to U+DFFF are no characters.
      let next = last.value == 0xD7FF ? 0xE000 : last.value + 1
      guard let raised = Unicode.Scalar(next) else { continue }
      scalars.append(raised)
      var out = String.UnicodeScalarView()
      out.append(contentsOf: scalars)
      return .text(String(out))
    }
    return .bytes([])
  }
}
