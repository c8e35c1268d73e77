internal import RowanCore

/// How the values of one column become cells: the tag that each of SQLite's storage classes gets there.
///
/// A value keeps the class it is stored as; the column's logical type only names it. Text in an integer column stays
/// text, and its reader fails.
struct ColumnPlan: BitwiseCopyable {
  var integer = CellTag.int
  var text = CellTag.text
  var blob = CellTag.bytes

  init() {}

  init(_ type: SQLType?) {
    switch type {
    case .timestamp: integer = .timestamp
    case .date: integer = .date
    case .time: integer = .time
    // An integer is an exact decimal; a floating-point number is none.
    case .decimal: (integer, text) = (.decimal, .decimal)
    case .interval: text = .interval
    case .json, .array: text = .json
    case .uuid: blob = .uuid
    default: break
    }
  }

  /// The plan of a column of which only the declared type is known. SQLite keeps the declaration as it was written and
  /// derives from it nothing but an affinity; its first word, up to an underscore, names the logical type.
  /// <https://sqlite.org/datatype3.html#determination_of_column_affinity>
  init(declared: UnsafePointer<CChar>) {
    let name = String(cString: declared).prefix { $0.isASCII && $0.isLetter }.uppercased()
    switch name {
    case "TIMESTAMP", "DATETIME": self.init(.timestamp)
    case "DATE": self.init(.date)
    case "TIME": self.init(.time)
    case "DECIMAL": self.init(.decimal(precision: 0, scale: 0))
    case "INTERVAL", "DURATION": self.init(.interval)
    case "JSON", "ARRAY": self.init(.json)
    case "UUID": self.init(.uuid)
    default: self.init()
    }
  }
}
