import Access
import Administration
import Glibc

/// The first start on the default path: makes a site and its first administrator.
struct FirstStart {
  private let location: DatabaseLocation

  init(_ location: DatabaseLocation) { self.location = location }

  /// Asks for the site's name where nobody named a database and there is none.
  ///
  /// A database that was named and is missing stays an error: it may be a mistyped path.
  func makeSiteIfNone() throws {
    guard !location.isNamed, !DatabaseLocation.exists(location.path) else { return }
    guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 else { return }
    let user = ProcessEnvironment.userName
    let login = try Login(parsing: user)
    let output = Sink(descriptor: STDOUT_FILENO)
    try output.line("There is no Gatehouse site here yet. This makes one.")
    try output.text("Name of the site [Gatehouse]: ")
    let bytes = try FileReading.line(from: STDIN_FILENO, limit: 256)
    let typed = bytes.map { String(decoding: $0, as: UTF8.self) } ?? ""
    _ = try Administration.initialise(
      database: location.path, siteName: typed.isEmpty ? "Gatehouse" : typed, administrator: login,
      osUser: user)
    try output.line(
      """
      \(login) is its first Site Administrator. The files, all for you alone:
        \(location.path)  the database
        \(location.path).secrets  signing keys and pepper; back both up together
      Press Enter to open the console.
      """)
    _ = try FileReading.line(from: STDIN_FILENO, limit: 256)
  }
}
