/// Prints.
open class SQLPrinter {
  public init() {}
}
