// swift-format-ignore-file
import Rowan

/// how it is
enum PostgresMood: String, ArrayElement, CaseIterable {
  case sad
  case itsOk = #"it's "ok""#
  case happy
}
