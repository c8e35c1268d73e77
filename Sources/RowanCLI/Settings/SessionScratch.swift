import RowanCore
import RowanMigrations

extension Session {
  /// Where schemas of an engine can be built for comparison: on the server of `scratchUrl`, or in the process where
  /// the engine needs no server; nil where neither is possible. A server that is worked on is never taken for it.
  func scratch(_ dialect: String) throws -> ScratchDatabase? {
    let provider = try provider(dialect)
    if let url = settings.scratchURL, provider.schemes.contains(url.scheme) {
      return try ScratchDatabase.beside(url, dialects: tool.dialects)
    }
    guard let scheme = provider.schemes.first, let plan = provider.scratch else { return nil }
    let url = try ConnectionURL("\(scheme):scratch")
    guard let planned = try? plan(url, "rowan_scratch"), planned.create == nil else { return nil }
    return try ScratchDatabase.beside(url, dialects: tool.dialects)
  }
}
