import RowanCLI
import RowanMySQL
import RowanPostgres
import RowanSQLite

/// The standalone `rowan`: every engine, no compiled schema.
@main struct RowanMain {
  static func main() async { await RowanTool(dialects: [.sqlite, .postgres, .mysql]).main() }
}
