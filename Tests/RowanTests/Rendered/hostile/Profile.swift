// swift-format-ignore-file
import Rowan

@Table("profiles")
struct Profile {
  @Column(.primaryKey, .references("people", onDelete: .cascade)) let personID: ID<PersonRecord, Int64>
  @Column(.type(.integer), .references("profiles", "person_id", onUpdate: .setNull, name: "boss", deferral: .deferred))
  var manager: ID<PersonRecord, Int64>?
}
