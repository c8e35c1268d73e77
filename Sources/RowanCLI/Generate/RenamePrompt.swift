import RowanMigrations

/// Asks a person what was renamed.
struct RenamePrompt: Sendable {
  private let session: Session
  private let answer: @Sendable () async throws -> String?

  /// Nil where nobody can be asked.
  init?(_ session: Session) {
    guard !session.isJSON, let answer = session.console.answer else { return nil }
    self.session = session
    self.answer = answer
  }

  /// Asks about the most alike pair first. One question after the other: an answer may settle others.
  func ask(_ questions: [RenameQuestion], _ answers: inout RenameAnswers) async throws {
    guard let question = questions.first else { return }
    answers.note(question, isRename: try await isRename(question))
  }

  private func isRename(_ question: RenameQuestion) async throws -> Bool {
    let style = session.errorStyle
    while true {
      session.console.error(
        "\(style.bold("Renamed?")) \(question) (\(Self.percent(question)) alike) \(style.faint("[y/n]")) ")
      guard let line = try await answer() else { throw CancellationError() }
      switch line.filter({ !$0.isWhitespace }).lowercased() {
      case "y", "yes": return true
      case "n", "no": return false
      default: session.console.error("y keeps the data under the new name; n drops the old and adds the new\n")
      }
    }
  }

  static func percent(_ question: RenameQuestion) -> String {
    let likeness = min(max(question.likeness, 0), 1)
    return "\(Int((likeness * 100).rounded())) %"
  }
}
