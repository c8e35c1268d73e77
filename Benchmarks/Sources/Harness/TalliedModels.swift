import BenchmarkModels
import RowanCore

import Foundation

extension Item: Tallied {
  var tallyKey: Int64 { id }

  func digest(_ digest: inout Digest) {
    digest.add(id)
    digest.add(name)
    digest.add(email)
    digest.add(score)
    digest.add(active)
    digest.add(note) { $0.add($1) }
  }
}

extension Event: Tallied {
  var tallyKey: Int64 { id }

  func digest(_ digest: inout Digest) {
    digest.add(id)
    digest.add(name)
    digest.add(email)
    digest.add(score)
    digest.add(active)
    digest.add(note) { $0.add($1) }
  }
}

extension Profile: Tallied {
  var tallyKey: Int64 { id }

  func digest(_ digest: inout Digest) {
    digest.add(id)
    withUnsafeBytes(of: key.uuid) { for byte in $0 { digest.add(UInt64(byte)) } }
    digest.add(owner)
    for text in [code, city, name, email] { digest.add(text) }
    for text in [bio, phone] { digest.add(text) { $0.add($1) } }
    digest.add(Int64(age))
    digest.add(rank) { $0.add(Int64($1)) }
    digest.add(visits)
    digest.add(latitude)
    digest.add(longitude)
    digest.add(weight) { $0.add($1) }
    digest.add(active)
    digest.add(verified)
    digest.add(createdAt.microseconds)
    digest.add(updatedAt.microseconds)
    digest.add(deletedAt) { $0.add($1.microseconds) }
  }
}
