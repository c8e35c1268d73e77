// swift-format-ignore-file
import Foundation
import Rowan

@Table(
  "children",
  namespace: #"Other "Space"#,
  indexes: [IndexSchema(["parent", "state"], name: "ix_children")],
  foreignKeys: [
    CompositeKeySchema(
      ["other"],
      references: "parents",
      ["id"],
      in: .connectionDefault,
      name: "fk_other",
      onDelete: .restrict,
      deferral: .deferrable),
    CompositeKeySchema(
      ["parent"],
      references: "parents",
      ["id"],
      in: .connectionDefault,
      name: "fk_parent",
      onDelete: .cascade,
      onUpdate: .setNull),
    CompositeKeySchema(
      ["third"],
      references: "parents",
      ["id"],
      in: .connectionDefault,
      name: "fk_third",
      onUpdate: .restrict,
      deferral: .deferred),
  ])
struct PostgresChild {
  @Column(.primaryKey, default: .randomUUID) let id: ID<PostgresChild, UUID>
  var parent: ID<PostgresParent, Int64>?
  var other: ID<PostgresParent, Int64>?
  var third: ID<PostgresParent, Int64>?
  @Column(.references("children", onDelete: .setNull, name: "fk_self"), name: "self")
  var selfValue: ID<PostgresChild, UUID>?
  /// its state
  @Column(.type(.custom(#""Other ""Space"."Mood.Two""#)), .comment("its state"), default: "a")
  var state: PostgresMoodTwo
}
