package import Access
import GRDB

extension Store {
  /// Looks at the database without changing anything; whatever is found is told.
  package func examine() throws -> [Finding] {
    // Before the database: what is added to both meanwhile must not look as if it were older.
    let checkpointed = Checkpoints(path: files.checkpoints).lastSeq ?? 0
    do {
      return try withReader { queue in
        try queue.snapshot { db in
          [
            try schemaFinding(db), try libraryFinding(db), try integrityFinding(db),
            try referencesFinding(db), try clockFinding(db),
            try checkpointsFinding(db, last: checkpointed),
          ]
        }
      }
    } catch {
      throw StoreError.translated(error, path: files.database)
    }
  }

  private func schemaFinding(_ db: Database) throws -> Finding {
    let found = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
    return Finding(
      "schema", isFine: found == Schema.version,
      detail: "version \(found) of \(Schema.version)",
      remedy: found == Schema.version ? nil : "Open it once without --read-only to migrate it.")
  }

  private func libraryFinding(_ db: Database) throws -> Finding {
    let version = try String.fetchOne(db, sql: "SELECT sqlite_version()") ?? "unknown"
    let numbers = version.split(separator: ".").compactMap { Int($0) }
    let hasFault =
      !numbers.lexicographicallyPrecedes([3, 7, 0])
      && numbers.lexicographicallyPrecedes([3, 51, 3])
    return Finding(
      "sqlite", isFine: true,
      detail: hasFault
        ? "\(version) has the WAL-reset fault; every write and checkpoint is held under one lock"
        : version)
  }

  private func integrityFinding(_ db: Database) throws -> Finding {
    let answers = try String.fetchAll(db, sql: "PRAGMA integrity_check(5)")
    return Finding(
      "integrity", isFine: answers == ["ok"], detail: answers.joined(separator: "; "),
      remedy: answers == ["ok"] ? nil : "Stop, keep a copy, and restore the last backup.")
  }

  private func referencesFinding(_ db: Database) throws -> Finding {
    let rows = try Row.fetchAll(db, sql: "PRAGMA foreign_key_check")
    return Finding(
      "references", isFine: rows.isEmpty,
      detail: rows.isEmpty ? "every row belongs to one that exists" : "\(rows.count) rows dangle",
      remedy: rows.isEmpty ? nil : "Stop, keep a copy, and restore the last backup.")
  }

  /// Whether the host's clock may be gone by.
  func clockFinding(_ db: Database) throws -> Finding {
    let remedy = "Set the host's clock right. If it is right now, accept it: doctor --clock."
    let time = try Timekeeping(db)
    let wall = clock()
    if let leap = time.leap(to: wall, boot) {
      return Finding(
        "clock", isFine: false,
        detail: "it says \(wall.rfc3339), \(leap.by / 60_000) minutes more than have passed since"
          + " the host started; \(max(leap.instead, time.latest).rfc3339) is gone by",
        remedy: remedy)
    }
    let behind = time.latest.seconds(since: wall)
    guard behind <= 60 else {
      return Finding(
        "clock", isFine: false,
        detail: "it says \(wall.rfc3339), \(behind / 60) minutes before the latest change;"
          + " \(time.latest.rfc3339) is gone by",
        remedy: remedy)
    }
    return Finding("clock", isFine: true, detail: "it agrees with what is stored")
  }

  private func checkpointsFinding(_ db: Database, last: Int64) throws -> Finding {
    let audited = try AuditChain.last(in: db)
    return switch last {
    case audited: Finding("checkpoints", isFine: true, detail: "up to audit row \(last)")
    case ..<audited:
      Finding(
        "checkpoints", isFine: true,
        detail: "\(audited - last) rows behind; the next change does not wait for them")
    default:
      Finding(
        "checkpoints", isFine: false,
        detail: "the database ends at audit row \(audited), but row \(last) was seen: it is older",
        remedy: "Restore the newest backup.")
    }
  }
}
