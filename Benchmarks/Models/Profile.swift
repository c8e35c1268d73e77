public import RowanCore

#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// Twenty columns of mixed types: the wide row.
public struct Profile: Sendable, Hashable {
  public var id: Int64
  public var key: UUID
  public var owner: Int64
  public var code: String
  public var city: String
  public var name: String
  public var email: String
  public var bio: String?
  public var phone: String?
  public var age: Int32
  public var rank: Int32?
  public var visits: Int64
  public var latitude: Double
  public var longitude: Double
  public var weight: Double?
  public var active: Bool
  public var verified: Bool
  public var createdAt: Timestamp
  public var updatedAt: Timestamp
  public var deletedAt: Timestamp?

  @inlinable
  public init(
    id: Int64, key: UUID, owner: Int64, code: String, city: String, name: String, email: String, bio: String?,
    phone: String?, age: Int32, rank: Int32?, visits: Int64, latitude: Double, longitude: Double, weight: Double?,
    active: Bool, verified: Bool, createdAt: Timestamp, updatedAt: Timestamp, deletedAt: Timestamp?
  ) {
    self.id = id
    self.key = key
    self.owner = owner
    self.code = code
    self.city = city
    self.name = name
    self.email = email
    self.bio = bio
    self.phone = phone
    self.age = age
    self.rank = rank
    self.visits = visits
    self.latitude = latitude
    self.longitude = longitude
    self.weight = weight
    self.active = active
    self.verified = verified
    self.createdAt = createdAt
    self.updatedAt = updatedAt
    self.deletedAt = deletedAt
  }
}

extension Profile: KeyedTable {
  public typealias Row = Profile
  public typealias AsNullable = Outer<Profile>
  public typealias PrimaryKey = Int64

  public static let schema = TableSchema(
    "bench_profiles",
    columns: [
      ColumnSchema("id", Int64.self, .primaryKey),
      ColumnSchema("key", UUID.self),
      ColumnSchema("owner", Int64.self),
      ColumnSchema("code", String.self, .varchar(8)),
      ColumnSchema("city", String.self, .varchar(32)),
      ColumnSchema("name", String.self, .varchar(64)),
      ColumnSchema("email", String.self, .varchar(64)),
      ColumnSchema("bio", String?.self, .varchar(128)),
      ColumnSchema("phone", String?.self, .varchar(32)),
      ColumnSchema("age", Int32.self),
      ColumnSchema("rank", Int32?.self),
      ColumnSchema("visits", Int64.self),
      ColumnSchema("latitude", Double.self),
      ColumnSchema("longitude", Double.self),
      ColumnSchema("weight", Double?.self),
      ColumnSchema("active", Bool.self),
      ColumnSchema("verified", Bool.self),
      ColumnSchema("created_at", property: "createdAt", Timestamp.self),
      ColumnSchema("updated_at", property: "updatedAt", Timestamp.self),
      ColumnSchema("deleted_at", property: "deletedAt", Timestamp?.self),
    ])

  @inlinable
  public init(row: inout RowReader) throws(DecodeFailure) {
    id = try Int64.read(&row)
    key = try UUID.read(&row)
    owner = try Int64.read(&row)
    code = try String.read(&row)
    city = try String.read(&row)
    name = try String.read(&row)
    email = try String.read(&row)
    bio = try String?.read(&row)
    phone = try String?.read(&row)
    age = try Int32.read(&row)
    rank = try Int32?.read(&row)
    visits = try Int64.read(&row)
    latitude = try Double.read(&row)
    longitude = try Double.read(&row)
    weight = try Double?.read(&row)
    active = try Bool.read(&row)
    verified = try Bool.read(&row)
    createdAt = try Timestamp.read(&row)
    updatedAt = try Timestamp.read(&row)
    deletedAt = try Timestamp?.read(&row)
  }

  @inlinable
  public func encode(into row: inout RowEncoder) {
    row.set(0, id)
    row.set(1, key)
    row.set(2, owner)
    row.set(3, code)
    row.set(4, city)
    row.set(5, name)
    row.set(6, email)
    row.set(7, bio)
    row.set(8, phone)
    row.set(9, age)
    row.set(10, rank)
    row.set(11, visits)
    row.set(12, latitude)
    row.set(13, longitude)
    row.set(14, weight)
    row.set(15, active)
    row.set(16, verified)
    row.set(17, createdAt)
    row.set(18, updatedAt)
    row.set(19, deletedAt)
  }

  @inlinable public static func primaryKey(of record: Profile) -> Int64 { record.id }
  @inlinable public static func keyValues(_ key: Int64) -> ContiguousArray<SQLValue> { [key.sqlValue] }

  public struct Columns: HasPrimaryKey {
    public typealias Root = Profile
    public let rowanSlot: Slot
    @inlinable public init(_ slot: Slot) { rowanSlot = slot }
    @inlinable public var id: Column<Profile, Int64> { Column(rowanSlot, 0) }
    @inlinable public var key: Column<Profile, UUID> { Column(rowanSlot, 1) }
    @inlinable public var owner: Column<Profile, Int64> { Column(rowanSlot, 2) }
    @inlinable public var code: Column<Profile, String> { Column(rowanSlot, 3) }
    @inlinable public var city: Column<Profile, String> { Column(rowanSlot, 4) }
    @inlinable public var name: Column<Profile, String> { Column(rowanSlot, 5) }
    @inlinable public var email: Column<Profile, String> { Column(rowanSlot, 6) }
    @inlinable public var bio: Column<Profile, String?> { Column(rowanSlot, 7) }
    @inlinable public var phone: Column<Profile, String?> { Column(rowanSlot, 8) }
    @inlinable public var age: Column<Profile, Int32> { Column(rowanSlot, 9) }
    @inlinable public var rank: Column<Profile, Int32?> { Column(rowanSlot, 10) }
    @inlinable public var visits: Column<Profile, Int64> { Column(rowanSlot, 11) }
    @inlinable public var latitude: Column<Profile, Double> { Column(rowanSlot, 12) }
    @inlinable public var longitude: Column<Profile, Double> { Column(rowanSlot, 13) }
    @inlinable public var weight: Column<Profile, Double?> { Column(rowanSlot, 14) }
    @inlinable public var active: Column<Profile, Bool> { Column(rowanSlot, 15) }
    @inlinable public var verified: Column<Profile, Bool> { Column(rowanSlot, 16) }
    @inlinable public var createdAt: Column<Profile, Timestamp> { Column(rowanSlot, 17) }
    @inlinable public var updatedAt: Column<Profile, Timestamp> { Column(rowanSlot, 18) }
    @inlinable public var deletedAt: Column<Profile, Timestamp?> { Column(rowanSlot, 19) }
    @inlinable public var primaryKey: Column<Profile, Int64> { id }
  }

  /// The whole row: the key is the caller's.
  public struct Draft: TableDraft {
    public typealias Model = Profile
    public var profile: Profile
    @inlinable public init(_ profile: Profile) { self.profile = profile }
    @inlinable public func encode(into row: inout RowEncoder) { profile.encode(into: &row) }
  }
}
