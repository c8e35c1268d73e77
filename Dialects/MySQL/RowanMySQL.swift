import RowanCore
