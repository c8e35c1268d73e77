// swift-format-ignore-file
import Rowan

@Table(
  "notes",
  checks: [
    CheckSchema(
      #"""
      length(body) > 0
        AND body <> '"""'
        AND body <> '\('
      """#,
      name: "multi")
  ])
struct Note {
  @Column(.primaryKey, .varchar(8), .nullable) let code: ID<Note, String>
  @Column(default: #"#"\"#) var body: String
}
