public import Rowan

/// A public model: its expansion is public as well, but for the column of a less visible property.
@Table("public_models")
public struct PublicModel: Sendable {
  /// The key.
  @Column(.primaryKey, .generated) public let id: Int64
  /// Read-only outside.
  public private(set) var name: String
  @Column(default: 1) internal var rank: Int
  @Ignored fileprivate var cache: [String: Int] = [:]

  /// Makes a model.
  public init(id: Int64, name: String, rank: Int) {
    self.id = id
    self.name = name
    self.rank = rank
  }
}

/// A composite key in a public model.
@Table
public struct PublicMembership {
  /// Half of the key.
  @Column(.primaryKey) public var userID: Int64
  /// The other half.
  @Column(.primaryKey) public var groupID: Int64
  /// Nullable, with a default.
  @Column(default: .now) public var note: String?
}

@Table
package struct PackageModel {
  @Column(.primaryKey) package var code: String
  var count: Int?
}

/// Reaches the public parts only, so that their access is checked.
public func publicUse(_ draft: PublicMembership.Draft) -> PublicMembership.PrimaryKey {
  _ = PublicModel.Columns(Slot(0)).name
  _ = PublicMembership.schema
  return PublicMembership.PrimaryKey(userID: draft.userID, groupID: draft.groupID)
}

/// Reaches the public parts from code that is compiled into other modules.
@inlinable
public func inlinableUse(_ userID: Int64) -> PublicMembership.Draft {
  PublicMembership.Draft(userID: userID, groupID: 2)
}
