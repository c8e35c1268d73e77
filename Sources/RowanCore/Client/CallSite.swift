/// Where in the source a call stands, written as `file:line` where it is reported.
///
/// Two parameters with `#fileID` and `#line` for defaults make one: inside an interpolated default the compiler would
/// put the place of the declaration, not that of the call.
public struct CallSite: Sendable, CustomStringConvertible {
  /// Module and file.
  public let file: StaticString
  /// The line, from 1; nil where ``file`` names no file but what Rowan itself was doing.
  public let line: UInt?

  /// Names a place.
  public init(_ file: StaticString, _ line: UInt?) {
    self.file = file
    self.line = line
  }

  /// `file:line`.
  public var description: String { line.map { "\(file):\($0)" } ?? "\(file)" }
}
