import SwiftCompilerPlugin
import SwiftSyntaxMacros

@main struct RowanMacrosPlugin: CompilerPlugin {
  let providingMacros: [any Macro.Type] = []
}
