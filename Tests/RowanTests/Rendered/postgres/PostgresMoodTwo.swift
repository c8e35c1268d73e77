// swift-format-ignore-file
import Rowan

enum PostgresMoodTwo: String, ArrayElement, CaseIterable {
  case a
}
