// RowanTesting
