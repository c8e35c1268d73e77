import ArgumentParser
#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif
#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif
import RowanCore

extension RowanTool {
  /// Runs a command line and ends the process.
  /// - Parameter arguments: what follows the program's name; nil for the process's own.
  public func main(_ arguments: [String]? = nil) async -> Never {
    let variables = ProcessInfo.processInfo.environment
    let arguments = arguments ?? Array(CommandLine.arguments.dropFirst())
    let console = Console.standard(variables: variables)
    let status = await Interruption.watching {
      await run(arguments, console: console, variables: variables)
    }
    exit(status.rawValue)
  }

  /// Runs a command line within the process.
  /// - Parameters:
  ///   - arguments: what follows the program's name.
  ///   - console: where it writes.
  ///   - variables: the environment that settings are read from.
  ///   - folder: where relative paths of settings start.
  /// - Returns: how it ended. Cancelling the task ends the run cleanly, with ``ToolStatus/interrupted``.
  public func run(
    _ arguments: [String], console: Console, variables: [String: String] = [:], folder: String = "."
  ) async -> ToolStatus {
    await Examples.$tool.withValue(name) {
      var output = RunOutput(console: console, isJSON: arguments.contains("--json"))
      output.redaction.add(arguments: arguments)
      let command: any ParsableCommand
      do {
        command = try RowanCommand.parseAsRoot(arguments)
      } catch {
        return output.ended(parsing: Self.cause(of: error, arguments))
      }
      guard let command = command as? any ToolCommand else {
        do {
          var command = command
          try command.run()
          return .success
        } catch {
          return output.ended(parsing: error)
        }
      }
      return await run(command, output, variables, folder)
    }
  }

  /// What is wrong with a command line that `error` refuses. Where no command is recognized, the flag that all of them
  /// have is refused before what is wrong.
  private static func cause(of error: any Error, _ arguments: [String]) -> any Error {
    do {
      _ = try RowanCommand.parseAsRoot(arguments.filter { $0 != "--json" })
      return error
    } catch {
      return error
    }
  }

  private func run(
    _ command: any ToolCommand, _ output: RunOutput, _ variables: [String: String], _ folder: String
  ) async -> ToolStatus {
    var output = output
    output.title = type(of: command).title
    output.isJSON = command.common.json
    do {
      var flags = command.common.flags
      command.settingFlags(&flags)
      let settings = try await SettingsReader(flags: flags, variables: variables, folder: folder)
        .settings(&output.redaction)
      let session = Session(
        tool: self, settings: settings, console: output.console, redaction: output.redaction, isJSON: output.isJSON,
        folder: folder, hasURLFlag: flags.url != nil)
      let report = try await command.execute(session)
      return output.ended(report)
    } catch {
      return output.ended(failing: error)
    }
  }
}
