import Rowan
import RowanCLI
import RowanMySQL
import RowanPostgres
import RowanSQLite

/// The schema of the service, and what manages it.
enum Schema {
  /// Every table of the service.
  static let tables: [any Table.Type] = [
    User.self, Workspace.self, Project.self, TaskItem.self, Label.self, TaskLabel.self, Comment.self,
  ]

  /// The engines the service runs on, by the scheme of the URL.
  static let dialects: [DialectProvider] = [.sqlite, .postgres, .mysql]

  /// `TaskService db …`.
  static let tool = RowanTool(
    name: "TaskService db", schema: SchemaDefinition(tables: tables), dialects: dialects,
    seed: { db in _ = try await Seeder().fill(db) })
}
