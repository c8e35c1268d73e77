// RowanLogging
