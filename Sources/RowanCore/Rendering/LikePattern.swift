/// Turns texts and patterns into what an engine's matching operator takes. Values are rewritten when they are bound.
public enum LikePattern {
  /// The character that takes the next one literally in the patterns users write.
  public static let userEscape: Unicode.Scalar = "\\"

  /// A pattern for LIKE in which `text` is literal, `escape` being the escaping character.
  public static func literal(_ text: String, _ kind: LikeKind, escape: Unicode.Scalar) -> String {
    var out = String.UnicodeScalarView()
    if kind == .suffix || kind == .contains { out.append("%") }
    for scalar in text.unicodeScalars {
      if scalar == "%" || scalar == "_" || scalar == escape { out.append(escape) }
      out.append(scalar)
    }
    if kind == .prefix || kind == .contains { out.append("%") }
    return String(out)
  }

  /// A user's pattern, with `escape` in the place of ``userEscape``.
  public static func pattern(_ pattern: String, escape: Unicode.Scalar) throws -> String {
    if escape == userEscape { return pattern }
    var out = String.UnicodeScalarView()
    try walk(pattern) { scalar, isEscaped in
      if isEscaped ? (scalar == "%" || scalar == "_" || scalar == escape) : scalar == escape { out.append(escape) }
      out.append(scalar)
    }
    return String(out)
  }

  /// A pattern for SQLite's GLOB, which is case-sensitive and has no escaping character but sets.
  /// https://sqlite.org/lang_expr.html#the_like_glob_regexp_match_and_extract_operators
  public static func glob(_ text: String, _ kind: LikeKind) throws -> String {
    var out = String.UnicodeScalarView()
    func literal(_ scalar: Unicode.Scalar) {
      if scalar == "*" || scalar == "?" || scalar == "[" {
        out.append("[")
        out.append(scalar)
        out.append("]")
      } else {
        out.append(scalar)
      }
    }
    if kind == .suffix || kind == .contains { out.append("*") }
    if kind == .pattern {
      try walk(text) { scalar, isEscaped in
        switch scalar {
        case "%" where !isEscaped: out.append("*")
        case "_" where !isEscaped: out.append("?")
        default: literal(scalar)
        }
      }
    } else {
      for scalar in text.unicodeScalars { literal(scalar) }
    }
    if kind == .prefix || kind == .contains { out.append("*") }
    return String(out)
  }

  /// Calls `body` for every character of a user's pattern, saying whether it was escaped.
  private static func walk(_ pattern: String, _ body: (Unicode.Scalar, Bool) -> Void) throws {
    var isEscaped = false
    for scalar in pattern.unicodeScalars {
      if !isEscaped, scalar == userEscape {
        isEscaped = true
      } else {
        body(scalar, isEscaped)
        isEscaped = false
      }
    }
    if isEscaped {
      throw RowanError(
        .encodingFailed, "a LIKE pattern ends with its escaping character",
        hint: "write a backslash twice to match one")
    }
  }

  /// Applies `rewrite` to a bound text; `NULL` stays `NULL`.
  public static func apply(to value: SQLValue, _ rewrite: (String) throws -> String) throws -> SQLValue {
    switch value {
    case .null: return .null
    case .text(let text): return .text(try rewrite(text))
    default:
      throw RowanError(
        .encodingFailed, "a pattern to match text with is not a text", hint: "bind a String")
    }
  }
}
