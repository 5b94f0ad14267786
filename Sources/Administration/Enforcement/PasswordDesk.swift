import Access
import Credentials
import Storage
import Synchronization

/// What all event loops share about passwords: how many are being checked, which pairs were right a
/// moment ago, and who is guessing.
final class PasswordDesk: Sendable {
  /// Each scrypt takes 32 MiB and a core for a tenth of a second.
  static let places = 2
  /// Milliseconds for which a right pair is taken without scrypt.
  static let memory: Int64 = 60_000
  /// Beyond this many the oldest half is forgotten.
  static let limit = 10_000

  /// Seconds after which a place is likely to be free.
  static let retryAfter: Int64 = 1

  /// Whether it could be anybody's; what is too long costs no scrypt, whoever is named.
  static func isCheckable(_ password: Secret) -> Bool {
    (1...1024).contains(password.bytes.count)
  }

  /// The two costs of a password, so that they can be counted: scrypt, and the digest of a pair.
  struct Arithmetic: Sendable {
    let verify: @Sendable (_ password: Secret, _ hash: String) -> Bool
    let mark: @Sendable (_ login: String, _ password: Secret) -> [UInt8]

    static func make() -> Arithmetic {
      let marker = PasswordMarker()
      return Arithmetic(verify: Password.verify, mark: { marker.mark($0, $1) })
    }
  }

  let arithmetic: Arithmetic
  let decoy = Password.decoy()
  private let state: Mutex<State>

  private struct State {
    var checking = 0
    var pairs: [[UInt8]: Pair] = [:]
    var guesses: [GuessedLogin: Guesses]
    /// Those whose count has not been written yet.
    var unwritten = Set<GuessedLogin>()
  }

  private struct Pair {
    let epoch: Int64
    let until: Instant
  }

  init(guesses: [GuessedLogin: Guesses], arithmetic: Arithmetic) {
    self.arithmetic = arithmetic
    state = Mutex(State(guesses: guesses))
  }

  /// One of the places at which passwords are checked; free again once nobody holds it.
  final class Place: Sendable {
    private let desk: PasswordDesk

    fileprivate init(_ desk: PasswordDesk) { self.desk = desk }

    deinit { desk.state.withLock { $0.checking -= 1 } }
  }

  /// A free place, or nil at once.
  func place() -> Place? {
    let isFree = state.withLock { state in
      guard state.checking < Self.places else { return false }
      state.checking += 1
      return true
    }
    return isFree ? Place(self) : nil
  }

  /// Whether the pair was right within the last minute and nothing that decides has changed since.
  ///
  /// To be asked whoever is named, so that nobody learns from the time whether there is an account.
  func remembers(
    _ login: Login?, _ password: Secret, guessed: GuessedLogin, epoch: Int64, at now: Instant
  ) -> Bool {
    let mark = arithmetic.mark(login?.text ?? "", password)
    return state.withLock { state in
      guard state.guesses[guessed]?.remainingDelay(at: now) == nil, let pair = state.pairs[mark]
      else { return false }
      return pair.epoch == epoch && now < pair.until
    }
  }

  func remember(_ login: Login, _ password: Secret, epoch: Int64, at now: Instant) {
    let mark = arithmetic.mark(login.text, password)
    let until = Instant(milliseconds: now.milliseconds + Self.memory)
    state.withLock { state in
      if state.pairs.count >= Self.limit {
        state.pairs = state.pairs.filter { $0.value.epoch == epoch && now < $0.value.until }
        if state.pairs.count >= Self.limit { state.pairs = [:] }
      }
      state.pairs[mark] = Pair(epoch: epoch, until: until)
    }
  }

  /// Seconds for which no password for this login from this network is taken; nil where it is.
  func delay(of guessed: GuessedLogin, at now: Instant) -> Int64? {
    state.withLock { $0.guesses[guessed]?.remainingDelay(at: now) }
  }

  func count(wrongFor guessed: GuessedLogin, at now: Instant) {
    state.withLock { state in
      state.guesses[guessed, default: Guesses(since: now)].fail(at: now)
      state.unwritten.insert(guessed)
    }
  }

  /// What has to be written, and forgets what matters no more.
  func collect(at now: Instant) -> [GuessedLogin: Guesses] {
    state.withLock { state in
      let unwritten = state.guesses.filter { state.unwritten.contains($0.key) }
      state.unwritten = []
      state.guesses = state.guesses.filter { !$0.value.isForgotten(at: now) }
      return unwritten
    }
  }

  /// Takes back what could not be written.
  func keep(_ guesses: [GuessedLogin: Guesses]) {
    state.withLock { state in
      for guessed in guesses.keys where state.guesses[guessed] != nil {
        state.unwritten.insert(guessed)
      }
    }
  }
}
