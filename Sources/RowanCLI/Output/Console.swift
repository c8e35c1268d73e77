#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Where a command writes, and whom it can ask.
public struct Console: Sendable {
  /// Writes a piece of the result.
  public var output: @Sendable (String) -> Void
  /// Writes notes, progress and failures.
  public var error: @Sendable (String) -> Void
  /// Reads one line of an answer, without its line break; nil at the end of the input. Nil where nobody can be asked.
  public var answer: (@Sendable () async throws -> String?)?
  /// Whether ``output`` goes to a terminal that shows colours.
  public var hasColour: Bool
  /// Whether ``error`` goes to a terminal.
  public var isErrorTerminal: Bool

  /// Makes a console, by default one that nobody can be asked on, without colours.
  public init(
    output: @escaping @Sendable (String) -> Void, error: @escaping @Sendable (String) -> Void,
    answer: (@Sendable () async throws -> String?)? = nil, hasColour: Bool = false, isErrorTerminal: Bool = false
  ) {
    self.output = output
    self.error = error
    self.answer = answer
    self.hasColour = hasColour
    self.isErrorTerminal = isErrorTerminal
  }

  /// The process's own. Colours are off where `NO_COLOR` is set (https://no-color.org) or `TERM` is `dumb`.
  public static func standard(variables: [String: String]) -> Console {
    let isPlain = !(variables["NO_COLOR"] ?? "").isEmpty || variables["TERM"] == "dumb"
    let hasErrorTerminal = isatty(STDERR_FILENO) == 1
    var console = Console(
      output: { text in write(text, to: STDOUT_FILENO) }, error: { text in write(text, to: STDERR_FILENO) },
      hasColour: isatty(STDOUT_FILENO) == 1 && !isPlain, isErrorTerminal: hasErrorTerminal && !isPlain)
    if isatty(STDIN_FILENO) == 1, hasErrorTerminal {
      console.answer = { () async throws -> String? in try await readLine() }
    }
    return console
  }

  private static func write(_ text: String, to file: Int32) {
    let bytes = Array(text.utf8)
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { systemWrite(file, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR || errno == EAGAIN { continue }
      // Nobody reads any more: there is nobody left to tell.
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }

  private static func systemWrite(_ file: Int32, _ start: UnsafeRawPointer?, _ count: Int) -> Int {
    #if canImport(Glibc)
    Glibc.write(file, start, count)
    #elseif canImport(Musl)
    Musl.write(file, start, count)
    #else
    Darwin.write(file, start, count)
    #endif
  }

  /// Reads without blocking a thread, so that the task can be cancelled meanwhile.
  private static func readLine() async throws -> String? {
    var bytes: [UInt8] = []
    while true {
      try Task.checkCancellation()
      var request = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
      guard poll(&request, 1, 0) > 0 else {
        try await Task.sleep(for: .milliseconds(50))
        continue
      }
      var byte: UInt8 = 0
      let count = read(STDIN_FILENO, &byte, 1)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self) }
      if byte == UInt8(ascii: "\n") { return String(decoding: bytes, as: UTF8.self) }
      bytes.append(byte)
    }
  }
}
