internal import CSQLite
internal import RowanCore

enum DecimalFunctions {
  static let errorPrefix = "rowan: "
  static func install(on db: OpaquePointer) throws {}
}
