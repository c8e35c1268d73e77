import RowanMigrations

/// Tells how a run goes on, for people.
struct ProgressLines: Sendable {
  let session: Session

  func report(_ event: MigrationProgressEvent) {
    guard !session.isJSON else { return }
    let style = session.errorStyle
    switch event {
    case .waiting(let holder):
      write("\(style.warning("waiting")) for the lock of the migrations: \(holder.map { "\($0)" } ?? "it is held")\n")
    case .tookOver(let holder):
      write("\(style.warning("took over")) the lock of \(holder), which had let it expire\n")
    case .drift(let report):
      write("\(style.warning("drift")): the schema is not the one the migrations made\n")
      for difference in report.differences { write("  \(difference)\n") }
    case .started(let tag, let direction, let statements, let done):
      let rest = done == 0 ? counted(statements, "statement") : "statement \(done + 1) of \(statements)"
      write("\(style.faint(direction.rawValue)) \(tag) (\(rest))\(terminator)")
    case .statement(let tag, let done, let total):
      if session.console.isErrorTerminal { write("\r\u{1B}[K\(tag) \(done)/\(total)") }
    case .finished(let tag, let direction, let duration):
      let start = session.console.isErrorTerminal ? "\r\u{1B}[K" : ""
      let word = direction == .up ? "applied" : "taken back"
      write("\(start)\(style.good(word)) \(tag) in \(Self.text(duration))\n")
    }
  }

  private var terminator: String { session.console.isErrorTerminal ? "" : "\n" }

  private func write(_ text: String) { session.console.error(session.redaction.apply(text)) }

  /// `340 ms`, `2.4 s`.
  static func text(_ duration: Duration) -> String {
    let milliseconds = self.milliseconds(duration)
    if milliseconds < 1000 { return "\(milliseconds) ms" }
    return "\(milliseconds / 1000).\(milliseconds % 1000 / 100) s"
  }

  static func milliseconds(_ duration: Duration) -> Int64 {
    let (seconds, attoseconds) = duration.components
    return seconds * 1000 + attoseconds / 1_000_000_000_000_000
  }
}
