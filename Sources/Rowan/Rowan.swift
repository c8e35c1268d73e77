@_exported public import RowanCore
