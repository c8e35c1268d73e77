// swift-format-ignore-file
import Rowan

/// The tables of the database, and what no model says.
let hostileSchema = SchemaDefinition(
  tables: [
    _2faCode.self,
    Person.self,
    SelfRecord.self,
    AB.self,
    Address.self,
    Category.self,
    ColumnRecord.self,
    DataRecord.self,
    DateRecord.self,
    DraftRecord.self,
    ErrorRecord.self,
    Größen.self,
    IDRecord.self,
    KeyRecord.self,
    LineBreak.self,
    ModelRecord.self,
    News.self,
    Note.self,
    OddColumn.self,
    OutputRecord.self,
    PersonRecord.self,
    PrimaryKeyRecord.self,
    Profile.self,
    ProtocolRecord.self,
    RowRecord.self,
    RowanCoreRecord.self,
    SchemaRecord.self,
    Status.self,
    StringRecord.self,
    SwiftRecord.self,
    TableRecord.self,
    TaskRecord.self,
    TypeRecord.self,
    UserURL.self,
    Table35.self,
  ],
  only: [
    "sqlite": SchemaAdditions(
      views: [
        ViewSnapshot(
          ObjectName("v"),
          query: SchemaExpression(#"""
            SELECT 1 AS one,
              '\' AS two
            """#))
      ])
  ])
