import ArgumentParser
import RowanMigrations

/// `rowan migrate status`
struct StatusCommand: ToolCommand {
  static let title = "migrate status"
  static var configuration: CommandConfiguration {
    describe(
      "Show what the files and the database say about every migration. Takes no lock and changes nothing.",
      ["migrate status", "migrate status --check --json"], name: "status")
  }

  @OptionGroup var common: CommonOptions

  @Flag(name: .long, help: "Exit with 2 where a migration is pending, with 6 or 7 where something is wrong.")
  var check = false

  func execute(_ session: Session) async throws -> CommandReport {
    let list = try await session.withDatabase { database in try await session.migrator(database).status() }
    var report = CommandReport()
    for status in list { report.line(status.line(session.style)) }
    let pending = list.count(where: \.isPending)
    report.line(list.isEmpty ? "no migrations" : "\(counted(list.count, "migration")), \(pending) pending")
    report.field("migrations", .array(list.map(\.json)))
    report.field("pending", .number(of: pending))
    if check { report.status = list.map(\.exit).max { $0.rawValue < $1.rawValue } ?? .success }
    return report
  }
}

extension MigrationStatus {
  fileprivate var isPending: Bool {
    switch verdict {
    case .pending, .outOfOrder: true
    default: false
    }
  }

  fileprivate var exit: ToolStatus {
    switch verdict {
    case .applied: .success
    case .pending, .outOfOrder: .differences
    case .unfinished: .unsettled
    case .changed, .missing: .invalidFiles
    }
  }

  private var word: String {
    switch verdict {
    case .pending: "pending"
    case .outOfOrder: "out-of-order"
    case .applied: "applied"
    case .changed: "changed"
    case .missing: "missing"
    case .unfinished: "unfinished"
    }
  }

  fileprivate func line(_ style: TextStyle) -> String {
    let padded = word.padding(to: 12)
    var text: String
    switch verdict {
    case .applied: text = "\(style.good(padded)) \(tag)"
    case .pending, .outOfOrder: text = "\(style.warning(padded)) \(tag)"
    default: text = "\(style.bad(padded)) \(tag)"
    }
    switch verdict {
    case .applied:
      if let row { text += style.faint("  batch \(row.batch)\(row.appliedAt.map { ", \($0)" } ?? "")") }
    case .outOfOrder(let later): text += "  \(later) is applied already"
    case .pending: if file?.isReviewed == false { text += style.faint("  not reviewed") }
    case .changed: text += "  the files are not those that ran"
    case .missing: text += "  applied, but not among the files"
    case .unfinished(let progress):
      text += "  \(progress.direction.rawValue).sql stopped after \(progress.applied) of \(progress.total) statements"
      if let error = row?.error { text += ": \(error)" }
      if !progress.canResume {
        text += "; the file has changed since: settle it with migrate repair"
      } else if let index = progress.inDoubt {
        text += "; nobody can tell whether statement \(index + 1) was done: look, and settle it with migrate repair"
      }
    }
    return text
  }

  fileprivate var json: JSONValue {
    var members: [(String, JSONValue)] = [("tag", .string(tag)), ("state", .string(word))]
    if let file { members.append(("reviewed", .bool(file.isReviewed))) }
    if case .outOfOrder(let later) = verdict { members.append(("after", .string(later))) }
    if case .unfinished(let progress) = verdict {
      members += [
        ("direction", .string(progress.direction.rawValue)), ("statementsApplied", .number(of: progress.applied)),
        ("statementsTotal", .number(of: progress.total)),
        ("inDoubt", progress.inDoubt.map { .number(of: $0 + 1) } ?? .null),
        ("canResume", .bool(progress.canResume && progress.inDoubt == nil)),
      ]
    }
    if let row, !isPending {
      members += [
        ("batch", .number(of: row.batch)), ("appliedAt", .text(row.appliedAt?.description)),
        ("error", .text(row.error)), ("toolVersion", .string(row.toolVersion)),
      ]
    }
    return .members(members)
  }
}

extension String {
  /// With blanks at its end, at least `width` characters.
  fileprivate func padding(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}
