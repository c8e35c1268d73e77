import ArgumentParser
import RowanCore
import RowanMigrations

/// Writes how a run ended, in the form that was asked for.
struct RunOutput: Sendable {
  let console: Console
  var isJSON: Bool
  var title: String?
  var redaction = Redaction()

  private var style: TextStyle { TextStyle(hasColour: console.isErrorTerminal) }

  init(console: Console, isJSON: Bool) {
    self.console = console
    self.isJSON = isJSON
  }

  /// After a report.
  func ended(_ report: CommandReport) -> ToolStatus {
    if isJSON {
      let fields = report.fields.map { JSONValue.Member($0.name, $0.value.mapStrings(redaction.apply)) }
      write(document(report.status, fields + report.productFields))
    } else {
      if let product = report.product { console.output(product) }
      if !report.lines.isEmpty { console.output(redaction.apply(report.lines.joined(separator: "\n")) + "\n") }
    }
    return report.status
  }

  /// After the command line could not be understood, or asked for help.
  func ended(parsing error: any Error) -> ToolStatus {
    let text = redaction.apply(RowanCommand.fullMessage(for: error))
    guard RowanCommand.exitCode(for: error) != .success else {
      console.output(text + "\n")
      return .success
    }
    guard isJSON else {
      console.error(text + "\n")
      return .usage
    }
    let message = redaction.apply(RowanCommand.message(for: error))
    write(
      document(
        .usage, [JSONValue.Member("error", .members([("code", .string("usage")), ("message", .string(message))]))]))
    return .usage
  }

  /// After a failure.
  func ended(failing error: any Error) -> ToolStatus {
    let failure = Failure(error)
    if isJSON {
      write(document(failure.status, [JSONValue.Member("error", failure.json.mapStrings(redaction.apply))]))
    } else {
      // Over what progress may have left on the line.
      let start = console.isErrorTerminal ? "\r\u{1B}[K" : ""
      console.error(start + redaction.apply(failure.text(style)))
    }
    return failure.status
  }

  private func document(_ status: ToolStatus, _ fields: [JSONValue.Member]) -> JSONValue {
    .object(
      [
        JSONValue.Member("command", .text(title)), JSONValue.Member("ok", .bool(status == .success)),
        JSONValue.Member("exit", .integer(Int64(status.rawValue))),
      ] + fields)
  }

  private func write(_ document: JSONValue) {
    do {
      console.output(try document.text())
    } catch {
      console.error("\(error)\n")
    }
  }
}

extension RowanError {
  /// Whether it says that the task was cancelled, or that a statement failed because of that.
  fileprivate var isInterruption: Bool { code == .cancelled || (cause as? RowanError)?.code == .cancelled }
}

/// A failure in both forms.
private struct Failure {
  let status: ToolStatus
  let code: String
  let message: String
  let hint: String?
  let sql: String?
  let cause: String?

  init(_ error: any Error) {
    switch error {
    case let error as RowanError where error.isInterruption:
      status = .interrupted
      (code, message) = ("cancelled", error.code == .cancelled ? "interrupted" : error.message)
      hint = "what was committed stays, the rest is rolled back; migrate status shows how far it came"
      (sql, cause) = (nil, nil)
    case let error as RowanError:
      status = ToolStatus(error.code)
      (code, message, hint, sql) = (error.code.rawValue, error.message, error.hint, error.sql)
      cause = (error.cause as? RowanError).map(\.message) ?? error.cause.map { "\($0)" }
    case is CancellationError:
      status = .interrupted
      (code, message, hint, sql, cause) = ("cancelled", "interrupted", nil, nil, nil)
    default:
      status = .failure
      (code, message, hint, sql, cause) = ("failure", "\(error)", nil, nil, nil)
    }
  }

  var json: JSONValue {
    var members: [(String, JSONValue)] = [("code", .string(code)), ("message", .string(message))]
    if let hint { members.append(("hint", .string(hint))) }
    if let sql { members.append(("sql", .string(sql))) }
    if let cause { members.append(("cause", .string(cause))) }
    return .members(members)
  }

  func text(_ style: TextStyle) -> String {
    var text = "\(style.bad("error:")) \(message) [\(code)]\n"
    if let sql { text += "  in: \(sql)\n" }
    if let cause, !message.contains(cause) { text += "  cause: \(cause)\n" }
    if let hint { text += "  hint: \(hint)\n" }
    return text
  }
}
