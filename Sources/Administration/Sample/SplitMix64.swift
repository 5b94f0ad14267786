/// A small generator whose numbers depend on nothing but its seed.
///
/// For made-up data only: whoever knows the seed knows every number.
struct SplitMix64: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  // Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators (2014), with the constants
  // of the reference implementation.
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
