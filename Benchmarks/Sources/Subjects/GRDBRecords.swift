import BenchmarkModels
import Foundation
import GRDB
import RowanCore

/// ``Item`` as GRDB is best used: a record read by position.
struct GRDBItem: FetchableRecord, TableRecord, Tallied {
  static let databaseTableName = "bench_items"

  enum Columns {
    static let id = GRDB.Column("id")
    static let score = GRDB.Column("score")
    static let active = GRDB.Column("active")
  }

  let item: Item

  init(row: GRDB.Row) {
    item = Item(id: row[0], name: row[1], email: row[2], score: row[3], active: row[4], note: row[5])
  }

  var tallyKey: Int64 { item.id }
  func digest(_ digest: inout Digest) { item.digest(&digest) }
}

/// The rows of the large table.
struct GRDBEvent: FetchableRecord, TableRecord, Tallied {
  static let databaseTableName = "bench_events"

  let item: Item

  init(row: GRDB.Row) {
    item = Item(id: row[0], name: row[1], email: row[2], score: row[3], active: row[4], note: row[5])
  }

  var tallyKey: Int64 { item.id }
  func digest(_ digest: inout Digest) { item.digest(&digest) }
}

/// ``Profile`` read by position; instants are stored as microseconds, identifiers as blobs.
struct GRDBProfile: FetchableRecord, TableRecord, Tallied {
  static let databaseTableName = "bench_profiles"

  let profile: Profile

  init(row: GRDB.Row) {
    profile = Profile(
      id: row[0], key: row[1], owner: row[2], code: row[3], city: row[4], name: row[5], email: row[6], bio: row[7],
      phone: row[8], age: row[9], rank: row[10], visits: row[11], latitude: row[12], longitude: row[13],
      weight: row[14], active: row[15], verified: row[16], createdAt: Timestamp(microseconds: row[17]),
      updatedAt: Timestamp(microseconds: row[18]),
      deletedAt: (row[19] as Int64?).map { Timestamp(microseconds: $0) })
  }

  var tallyKey: Int64 { profile.id }
  func digest(_ digest: inout Digest) { profile.digest(&digest) }
}

/// A row to insert.
struct GRDBEntry: PersistableRecord {
  static let databaseTableName = "bench_entries"

  let draft: Entry.Draft

  func encode(to container: inout PersistenceContainer) {
    container["account"] = draft.account
    container["title"] = draft.title
    container["amount"] = draft.amount
    container["cleared"] = draft.cleared
    container["memo"] = draft.memo
  }
}
