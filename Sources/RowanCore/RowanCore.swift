// RowanCore
