import Access
import Storage

extension Administration {
  /// Makes a believable site to explore: the company Northwind, a hundred and twenty days old.
  ///
  /// The same every time but for ids, and always fresh: all times count back from now. Its API is in
  /// mode `legacy`, so that enabling Bearer and raising the level are there to be tried. Everything
  /// went through the use cases that people use, so that the audit tells how it came about. Keys and
  /// passwords are `sample-` and their label or login; no site that matters should be made from it.
  ///
  /// - Parameters:
  ///   - database: where; nothing may be there yet.
  ///   - osUser: becomes a Site Administrator, beside alice and bob.
  /// - Throws: a ``Failure`` that exits 73 where the database or its secrets file exists; also
  ///   where the OS user's name is no login. Nothing is left behind then.
  package static func makeSample(database: String, osUser: String) throws {
    try makeSample(database: database, osUser: osUser, clock: systemClock)
  }

  static func makeSample(
    database: String, osUser: String, clock: @Sendable () -> Instant
  ) throws {
    let present = clock()
    var generator = SplitMix64(seed: 1042)
    let cast = try SampleCast(
      administrator: Login(parsing: osUser), generator: &generator)
    let told = SampleClock(
      SampleStory.instant(SampleStory.beginning, 9 * 60 + 12, before: present))
    let site = try make(
      database: database, siteName: "Northwind", administrator: cast.administrator,
      osUser: osUser, clock: { told.now })
    do {
      var story = SampleStory(
        desk: SampleDesk(site: site, cast: cast, osUser: osUser), clock: told, present: present,
        generator: generator)
      story.moveIn()
      story.partWays()
      story.registerIntegrations()
      try story.bringKeys()
      story.pilotBearer()
      try story.makeTokens()
      try story.watchTraffic()
      story.watchRefusals()
      try story.tell()
    } catch {
      site.files.discard()
      throw error
    }
  }
}
