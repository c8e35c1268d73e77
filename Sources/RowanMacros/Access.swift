import SwiftSyntax

/// How far a declaration can be seen.
enum Access: Int, Comparable {
  case file, `internal`, package, `public`

  static func < (left: Access, right: Access) -> Bool { left.rawValue < right.rawValue }

  /// What `modifiers` say; `private(set)` and the like are about the setter only and say nothing here.
  init(_ modifiers: DeclModifierListSyntax) {
    self = .internal
    for modifier in modifiers where modifier.detail == nil {
      switch modifier.name.tokenKind {
      case .keyword(.public), .keyword(.open): self = .public
      case .keyword(.package): self = .package
      case .keyword(.private), .keyword(.fileprivate): self = .file
      default: break
      }
    }
  }

  /// The modifier with its space, ready to stand before a member of the expansion.
  var prefix: String {
    switch self {
    case .public: "public "
    case .package: "package "
    case .internal: ""
    case .file: "fileprivate "
    }
  }
}
