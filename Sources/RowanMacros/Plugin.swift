import SwiftCompilerPlugin
import SwiftSyntaxMacros

@main struct RowanMacrosPlugin: CompilerPlugin {
  let providingMacros: [any Macro.Type] = [TableMacro.self, ColumnMacro.self, IgnoredMacro.self]
}
