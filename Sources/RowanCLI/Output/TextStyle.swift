/// Colours of a terminal, or none.
struct TextStyle: Sendable {
  let hasColour: Bool

  func bold(_ text: String) -> String { wrapped(text, "1") }
  func faint(_ text: String) -> String { wrapped(text, "2") }
  func good(_ text: String) -> String { wrapped(text, "32") }
  func bad(_ text: String) -> String { wrapped(text, "31") }
  func warning(_ text: String) -> String { wrapped(text, "33") }

  // https://www.ecma-international.org/publications-and-standards/standards/ecma-48/, "SGR".
  private func wrapped(_ text: String, _ code: String) -> String {
    hasColour ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }
}
