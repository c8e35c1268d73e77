/// Swift identifiers made of names in a database.
enum SwiftIdentifier {
  private static let acronyms: Set = [
    "api", "cpu", "css", "csv", "dns", "gpu", "html", "http", "https", "id", "ip", "isbn", "json", "jwt", "pdf", "sku",
    "sms", "sql", "ssl", "svg", "tcp", "tls", "udp", "uri", "url", "utc", "uuid", "vat", "xml",
  ]

  /// The words of `name`, in lower case: set apart by what no identifier has, or by case.
  static func words(_ name: String) -> [String] {
    var words: [String] = []
    var current = ""
    let characters = Array(name)
    for (index, character) in characters.enumerated() {
      let kept = String(String.UnicodeScalarView(character.unicodeScalars.filter(isPart)))
      if character == "'" || character == "’" { continue }
      guard !kept.isEmpty else {
        if !current.isEmpty { words.append(current) }
        current = ""
        continue
      }
      if character.isUppercase, index > 0, !current.isEmpty {
        let previous = characters[index - 1]
        let next = index + 1 < characters.count ? characters[index + 1] : nil
        if previous.isLowercase || previous.isNumber || previous.isUppercase && next?.isLowercase == true {
          words.append(current)
          current = ""
        }
      }
      current += kept.lowercased()
    }
    if !current.isEmpty { words.append(current) }
    return words
  }

  /// `UpperCamelCase`.
  static func upper(_ words: [String]) -> String { headed(words.map { capitalized($0, acronyms: true) }.joined()) }

  /// `lowerCamelCase`.
  static func lower(_ words: [String], acronyms: Bool = true) -> String {
    guard let first = words.first else { return "" }
    return headed(first + words.dropFirst().map { capitalized($0, acronyms: acronyms) }.joined())
  }

  /// With backticks where Swift would not take it as a name.
  static func quoted(_ identifier: String) -> String {
    SwiftNames.keywords.contains(identifier) ? "`\(identifier)`" : identifier
  }

  private static func capitalized(_ word: String, acronyms useAcronyms: Bool) -> String {
    if useAcronyms {
      if acronyms.contains(word) { return word.uppercased() }
      if word.hasSuffix("s"), acronyms.contains(String(word.dropLast())) { return word.dropLast().uppercased() + "s" }
    }
    guard let first = word.first else { return "" }
    // Not every letter has one upper-case letter: that of "ß" is "SS".
    let upper = first.uppercased()
    return (upper.count == 1 ? upper : String(first)) + word.dropFirst()
  }

  /// No identifier starts with a digit.
  private static func headed(_ identifier: String) -> String {
    guard let first = identifier.unicodeScalars.first else { return "" }
    return first.properties.numericType == nil ? identifier : "_" + identifier
  }

  /// Whether an identifier may have it: a letter or a digit, of those Swift takes.
  /// https://docs.swift.org/swift-book/documentation/the-swift-programming-language/lexicalstructure/#Identifiers
  private static func isPart(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    case 0xC0...0xD6, 0xD8...0xF6, 0xF8...0x2FF, 0x370...0x167F, 0x1681...0x180D, 0x180F...0x1DBF, 0x1E00...0x1FFF,
      0x2C00...0x2DFF, 0x2E80...0x2FFF, 0x3004...0x3007, 0x3031...0x303F, 0x3040...0xD7FF, 0xF900...0xFD3D,
      0xFD40...0xFDCF, 0xFDF0...0xFE1F, 0xFE47...0xFFFD, 0x10000...0x1FFFD, 0x20000...0x2FFFD:
      scalar.properties.isAlphabetic && scalar.properties.numericType == nil
    default: false
    }
  }
}
