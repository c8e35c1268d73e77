import RowanCore

/// Reads directives from the comments of a script.
enum DirectiveReader {
  private static let known =
    "known are rowan:no-transaction, rowan:outside, rowan:group, rowan:allow <rule> <reason> and "
    + "rowan:irreversible <reason>"

  /// The directive in a comment; nil for other comments.
  static func read(_ comment: ScriptComment) throws(RowanError) -> SQLDirective? {
    let text = comment.text[...].trimming(while: \.isSQLBlank)
    guard let kind = try kind(text, line: comment.line) else { return nil }
    guard comment.text.utf8.first.map(SQLBytes.isBlank) == true else {
      throw RowanError.invalidDirective(
        "a directive follows the dashes without a blank", line: comment.line, hint: "write -- \(text)")
    }
    guard comment.isAlone else {
      throw RowanError.invalidDirective(
        "a directive shares its line", line: comment.line, hint: "put it on a line of its own")
    }
    guard !comment.isInside else {
      throw RowanError.invalidDirective(
        "a directive stands inside a statement", line: comment.line, hint: "move it before the statement")
    }
    return SQLDirective(kind: kind, line: comment.line, statementsBefore: comment.statementsBefore)
  }

  private static func kind(_ text: Substring, line: Int) throws(RowanError) -> SQLDirective.Kind? {
    if let value = text.after(prefix: "reviewed:") {
      let word = value.trimming(while: \.isSQLBlank).lowercased()
      guard word == "true" || word == "false" else {
        throw RowanError.invalidDirective(
          "REVIEWED is neither true nor false", line: line, hint: "write -- REVIEWED: true once the file is reviewed")
      }
      return .reviewed(word == "true")
    }
    guard let body = text.after(prefix: "rowan:") else { return nil }
    let name = body.prefix { !$0.isSQLBlank }
    let argument = body.dropFirst(name.count).trimming(while: \.isSQLBlank)
    switch name {
    case "no-transaction", "group", "outside":
      guard argument.isEmpty else {
        throw RowanError.invalidDirective("rowan:\(name) takes no argument", line: line, hint: "remove what follows it")
      }
      return name == "group" ? .group : name == "outside" ? .outside : .noTransaction
    case "allow":
      let rule = argument.prefix { !$0.isSQLBlank }
      let reason = argument.dropFirst(rule.count).trimming(while: \.isSQLBlank)
      guard !rule.isEmpty, !reason.isEmpty else {
        throw RowanError.invalidDirective(
          "rowan:allow needs a rule and a reason", line: line, hint: "write -- rowan:allow <rule> <reason>")
      }
      return .allow(rule: String(rule), reason: String(reason))
    case "irreversible":
      guard !argument.isEmpty else {
        throw RowanError.invalidDirective(
          "rowan:irreversible needs a reason", line: line, hint: "write -- rowan:irreversible <reason>")
      }
      return .irreversible(reason: String(argument))
    default:
      throw RowanError.invalidDirective("rowan:\(name) is no directive", line: line, hint: known)
    }
  }
}

extension Unicode.Scalar {
  var isSQLBlank: Bool { value == 0x20 || (value >= 0x09 && value <= 0x0D) }
}

extension Character {
  /// Carriage return and line feed together are one character.
  var isSQLBlank: Bool { unicodeScalars.allSatisfy(\.isSQLBlank) }
}

extension Substring {
  fileprivate func trimming(while drop: (Character) -> Bool) -> Substring {
    var rest = self.drop(while: drop)
    while let last = rest.last, drop(last) { rest.removeLast() }
    return rest
  }

  /// What follows `prefix`, which is matched without regard to case; nil where it does not stand first.
  fileprivate func after(prefix: String) -> Substring? {
    guard self.prefix(prefix.count).lowercased() == prefix else { return nil }
    return dropFirst(prefix.count)
  }
}
