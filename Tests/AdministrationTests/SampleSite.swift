import Access
@testable import Administration
import Foundation
import Storage
import Testing

/// A sample site in a folder of its own, looked at by the person who made it.
final class SampleSite: Sendable {
  static let present = Instant(milliseconds: 1_795_531_860_000)
  /// Made once: a second or two that every test would spend again.
  static let shared = Result { try SampleSite() }

  let folder: String
  let administration: Administration
  let maker: Actor

  init(osUser: String = "mira") throws {
    folder = NSTemporaryDirectory() + "gatehouse-sample-" + UUID().uuidString
    let files = SiteFiles(database: folder + "/gatehouse.db")
    try Administration.makeSample(
      database: folder + "/gatehouse.db", osUser: osUser, clock: { Self.present })
    administration = Administration(
      store: try Store.open(files, clock: { Self.present }), files: files)
    maker = try administration.actor(
      login: osUser, osUser: osUser, through: .console, source: "os:\(osUser)")
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  func policy() throws -> Policy { try administration.session(for: maker).standing.policy }

  func accounts() throws -> [AccountRow] {
    let request = PageRequest(filter: AccountFilter(), sort: AccountSort.login)
    guard case .accounts(let page) = try administration.answer(.accounts(request), for: maker)
    else { return [] }
    return page.rows
  }

  func keys() throws -> [LegacyKeyRow] {
    let request = PageRequest(filter: LegacyKeyFilter(), sort: LegacyKeySort.label)
    guard case .keys(let page) = try administration.answer(.keys(request), for: maker)
    else { return [] }
    return page.rows
  }

  func tokens() throws -> [TokenRow] {
    let request = PageRequest(filter: TokenFilter(), sort: TokenSort.end)
    guard case .tokens(let page) = try administration.answer(.tokens(request), for: maker)
    else { return [] }
    return page.rows
  }

  func audit() throws -> [AuditRow] {
    let request = PageRequest(filter: AuditFilter(), sort: AuditSort.seq)
    guard case .audit(let page) = try administration.answer(.audit(request), for: maker)
    else { return [] }
    return page.rows
  }

  /// Oldest first.
  func revisions() throws -> [RevisionRow] {
    let request = PageRequest(filter: NoFilter(), sort: RevisionSort.number)
    guard case .revisions(let page) = try administration.answer(.revisions(request), for: maker)
    else { return [] }
    return page.rows
  }

  /// The writing system of a letter; nil where it is none of those that the sample is to have.
  static func script(_ scalar: Unicode.Scalar) -> String? {
    switch scalar.value {
    case 0x41...0x24F: "Latin"
    case 0x370...0x3FF: "Greek"
    case 0x400...0x4FF: "Cyrillic"
    case 0x530...0x58F: "Armenian"
    case 0x590...0x5FF: "Hebrew"
    case 0x600...0x6FF: "Arabic"
    case 0x900...0x97F: "Devanagari"
    case 0xB80...0xBFF: "Tamil"
    case 0xE00...0xE7F: "Thai"
    case 0x10A0...0x10FF: "Georgian"
    case 0x3040...0x309F: "Hiragana"
    case 0x30A0...0x30FF: "Katakana"
    case 0x4E00...0x9FFF: "Han"
    case 0xAC00...0xD7A3: "Hangul"
    default: nil
    }
  }
}
