import Testing

/// Rows of every table, for rules to be tried against.
enum SchemaSample {
  static let digest = "zeroblob(32)"

  static let sql = """
    INSERT INTO site VALUES (1, 'site-1', 1, NULL, NULL);
    INSERT INTO account (id, login, name, mail, kind, contact, isActive)
    VALUES ('a1', 'mira', 'Mira', '', 'person', '', 1), ('a2', 'ci', 'CI', '', 'service', '', 1);
    INSERT INTO accountRole VALUES ('mira', 'site-administrator');
    INSERT INTO revision (number, base, author, at, reason, summary, document)
    VALUES (1, 0, 'mira', 1000, '', '', '{}');
    INSERT INTO token (id, owner, name, purpose, scope, digest, kid, createdAt, expiresAt)
    VALUES ('t1', 'mira', 'checkout', '', 'read', x'\(String(repeating: "01", count: 32))', 'k', 1, 9);
    INSERT INTO token
      (id, owner, name, purpose, scope, digest, kid, createdAt, expiresAt, revokedAt, revokedBy,
       revokedReason, holdsName)
    VALUES ('t2', 'mira', 'old', '', 'read', x'\(String(repeating: "02", count: 32))', 'k', 1, 9,
      5, 'mira', '', 0);
    INSERT INTO legacyKey (id, owner, label, digest, retiredAt)
    VALUES ('k1', 'ci', 'billing', \(digest), 5);
    INSERT INTO integration VALUES ('ci', 'p', '10.0.0.0/8', '', '2026-12-31');
    INSERT INTO audit VALUES
      (1, 1, 'mira', 'console', '', 'site.init', 'site', NULL, NULL, NULL, \(digest));
    """

  static func revision(
    _ number: Int = 2, base: Int = 1, at: Int = 2000, deadline: String = "NULL",
    document: String = "{}", verdict: String = "NULL, NULL, NULL"
  ) -> String {
    """
    INSERT INTO revision
      (number, base, author, at, reason, summary, deadline, document, verdict, verdictAt, verdictBy)
    VALUES (\(number), \(base), 'mira', \(at), '', '', \(deadline), '\(document)', \(verdict));
    """
  }

  static func account(
    _ login: String, id: String = "'a3'", kind: String = "person", isActive: String = "1"
  ) -> String {
    """
    INSERT INTO account (id, login, name, mail, kind, contact, isActive)
    VALUES (\(id), '\(login)', '', '', '\(kind)', '', \(isActive));
    """
  }

  static func token(
    _ name: String = "new", id: String = "t3", owner: String = "mira", scope: String = "read",
    digest: String = SchemaSample.digest, createdAt: String = "1", expiresAt: String = "9",
    more: (columns: String, values: String) = ("", "")
  ) -> String {
    """
    INSERT INTO token
      (id, owner, name, purpose, scope, digest, kid, createdAt, expiresAt\(more.columns))
    VALUES ('\(id)', '\(owner)', '\(name)', '', '\(scope)', \(digest), 'k', \(createdAt),
      \(expiresAt)\(more.values));
    """
  }

  static func key(owner: String = "ci", digest: String = "randomblob(32)") -> String {
    """
    INSERT INTO legacyKey (id, owner, label, digest) VALUES ('k2', '\(owner)', 'l', \(digest));
    """
  }

  static func audit(
    _ seq: Int = 2, through: String = "console", action: String = "a.b", target: String = "t",
    hash: String = SchemaSample.digest
  ) -> String {
    """
    INSERT INTO audit VALUES
      (\(seq), 1, 'mira', '\(through)', '', '\(action)', '\(target)', NULL, NULL, NULL, \(hash));
    """
  }
}

/// A statement that the schema must not let through, and the words it says so with.
struct Refused: CustomTestStringConvertible, Sendable {
  let testDescription: String
  let sql: String
  let because: String

  init(_ what: String, _ sql: String, _ because: String = "CHECK constraint failed") {
    testDescription = what
    self.sql = sql
    self.because = because
  }

  static let all = revisions + accounts + tokens + others + audit

  private static let revisions = [
    Refused("a gap between revisions", SchemaSample.revision(3), "numbered without gaps"),
    Refused("a second revision 1", SchemaSample.revision(1, base: 0), "numbered without gaps"),
    Refused("a base that is not in force", SchemaSample.revision(base: 0), "not based on"),
    Refused(
      "a base that has been cancelled",
      SchemaSample.revision(deadline: "9000", verdict: "'cancelled', 3000, 'mira'")
        + SchemaSample.revision(3, base: 2, at: 4000), "not based on"),
    Refused(
      "a base that has lapsed",
      SchemaSample.revision(deadline: "9000") + SchemaSample.revision(3, base: 2, at: 9000),
      "not based on"),
    Refused(
      "a revision while another is pending",
      SchemaSample.revision(deadline: "9000") + SchemaSample.revision(3, base: 2, at: 8999),
      "another revision is pending"),
    Refused("a deadline that is over at once", SchemaSample.revision(deadline: "2000")),
    Refused("a policy that is not JSON", SchemaSample.revision(document: "{")),
    Refused(
      "an unknown verdict",
      SchemaSample.revision(deadline: "9000", verdict: "'liked', 3000, 'mira'")),
    Refused(
      "a verdict of nobody",
      SchemaSample.revision(deadline: "9000", verdict: "'cancelled', 1, NULL")),
    Refused(
      "a verdict on what was never pending",
      SchemaSample.revision(verdict: "'confirmed', 3000, 'mira'")),
    Refused(
      "a verdict at the deadline",
      SchemaSample.revision(deadline: "9000")
        + "UPDATE revision SET verdict = 'confirmed', verdictAt = 9000, verdictBy = 'mira' WHERE number = 2",
      "never changed"),
    Refused(
      "a second verdict",
      SchemaSample.revision(deadline: "9000", verdict: "'cancelled', 3000, 'mira'")
        + "UPDATE revision SET verdict = 'confirmed', verdictAt = 3001 WHERE number = 2",
      "never changed"),
    Refused("another reason", "UPDATE revision SET reason = 'better'", "never changed"),
    Refused("another policy", "UPDATE revision SET document = '[]'", "never changed"),
    Refused("a deadline given later", "UPDATE revision SET deadline = 9000", "never changed"),
    Refused("a revision's deletion", "DELETE FROM revision", "never deleted"),
  ]

  private static let accounts = [
    Refused("a login in capitals", SchemaSample.account("Bob")),
    Refused("a login with a blank", SchemaSample.account("b b")),
    Refused("an empty login", SchemaSample.account("")),
    Refused("a login of 65", SchemaSample.account(String(repeating: "x", count: 65))),
    Refused("a second account of a login", SchemaSample.account("mira"), "account.login"),
    Refused("a second account of an id", SchemaSample.account("bob", id: "'a1'"), "account.id"),
    Refused("an unknown kind of account", SchemaSample.account("bob", kind: "robot")),
    Refused("an account half active", SchemaSample.account("bob", isActive: "2")),
    Refused("an account's deletion", "DELETE FROM account", "never deleted"),
    Refused("a role of nobody", "INSERT INTO accountRole VALUES ('bob', 'member')", "FOREIGN KEY"),
    Refused(
      "a role held twice", "INSERT INTO accountRole VALUES ('mira', 'site-administrator')", "UNIQUE"
    ),
  ]

  private static let tokens = [
    Refused("a token of nobody", SchemaSample.token(owner: "bob"), "FOREIGN KEY"),
    Refused("an unknown scope", SchemaSample.token(scope: "write")),
    Refused("a digest of 31 bytes", SchemaSample.token(digest: "zeroblob(31)")),
    Refused(
      "a digest that is known", SchemaSample.token(digest: "(SELECT digest FROM token LIMIT 1)"),
      "token.digest"),
    Refused("an end after the year 9999", SchemaSample.token(expiresAt: "253402300799001")),
    Refused("text for a time", SchemaSample.token(createdAt: "'today'"), "cannot store TEXT"),
    Refused("a name that is held", SchemaSample.token("checkout"), "token.owner, token.name"),
    Refused(
      "a successor of nothing", SchemaSample.token(more: (", predecessor", ", 't9'")), "FOREIGN KEY"
    ),
    Refused("a revocation by nobody", SchemaSample.token(more: (", revokedAt", ", 5"))),
    Refused(
      "a revocation without a word for it",
      SchemaSample.token(more: (", revokedAt, revokedBy", ", 5, 'mira'"))),
    Refused("a name half held", SchemaSample.token(more: (", holdsName", ", 2"))),
    Refused(
      "a revoked token's return",
      "UPDATE token SET revokedAt = NULL, revokedBy = NULL, revokedReason = NULL WHERE id = 't2'",
      "never revived"),
    Refused(
      "a revocation moved to later", "UPDATE token SET revokedAt = 6 WHERE id = 't2'",
      "never revived"),
    Refused("a token's deletion", "DELETE FROM token WHERE id = 't2'", "never deleted"),
  ]

  private static let others = [
    Refused("a second site", "INSERT INTO site VALUES (2, 's', 1, NULL, NULL)"),
    Refused("a second epoch", "INSERT INTO epoch VALUES (2, 0)"),
    Refused("a total below nothing", "UPDATE total SET value = -1"),
    Refused("a key of nobody", SchemaSample.key(owner: "bob"), "FOREIGN KEY"),
    Refused("a key's digest of 33 bytes", SchemaSample.key(digest: "zeroblob(33)")),
    Refused("a key that is known", SchemaSample.key(digest: "zeroblob(32)"), "legacyKey.digest"),
    Refused("a retired key's return", "UPDATE legacyKey SET retiredAt = NULL", "never revived"),
    Refused("a key's deletion", "DELETE FROM legacyKey", "never deleted"),
    Refused(
      "an integration from nowhere",
      "INSERT INTO integration VALUES ('mira', '', '', '', '2026-12-31')"),
    Refused("a review date in words", "UPDATE integration SET reviewDate = 'next year'"),
    Refused("an integration of nobody", "UPDATE integration SET account = 'bob'", "FOREIGN KEY"),
    Refused("uses of an unknown kind", "INSERT INTO usage VALUES ('cookie', 'c', 1, 1)"),
    Refused("a day with no uses", "INSERT INTO usage VALUES ('bearer', 't1', 1, 0)"),
    Refused(
      "a review that says nothing known",
      "INSERT INTO review VALUES ('legacy_key:k1', 'perhaps', '', NULL, 'mira', 1)"),
    Refused("a second row of operations", "INSERT INTO operation (id) VALUES (2)"),
    Refused("an unknown observed level", "UPDATE operation SET observedLevel = 'low'"),
    Refused(
      "a brownout of Bearer tokens", "INSERT INTO brownout VALUES ('b', 'bearer', 1, 2, NULL)"),
    Refused(
      "a brownout that ends as it begins",
      "INSERT INTO brownout VALUES ('b', 'password', 2, 2, NULL)"),
    Refused(
      "an observed refusal of no request",
      "INSERT INTO observation VALUES ('', '', '', 'brownout', 0, 1, 1, NULL)"),
    Refused(
      "a failure in no brownout",
      "INSERT INTO brownoutFailure VALUES ('b', '', 'password', '', 1, 1, 1, NULL)", "FOREIGN KEY"),
  ]

  private static let audit = [
    Refused("a gap in the audit", SchemaSample.audit(3), "numbered without gaps"),
    Refused("a second audit row 1", SchemaSample.audit(1), "numbered without gaps"),
    Refused("an audit row through nothing known", SchemaSample.audit(through: "telepathy")),
    Refused("an audit row of no action", SchemaSample.audit(action: "")),
    Refused("an audit row with half a hash", SchemaSample.audit(hash: "zeroblob(16)")),
    Refused("a change to the audit", "UPDATE audit SET actor = 'bob'", "never changed"),
    Refused("a deletion from the audit", "DELETE FROM audit", "never deleted"),
    Refused(
      "a lapse told twice",
      SchemaSample.audit(action: "revision.lapse", target: "revision 2")
        + SchemaSample.audit(3, action: "revision.lapse", target: "revision 2"), "audit.target"),
  ]
}

/// A statement on the right side of a rule that has a wrong one.
struct Admitted: CustomTestStringConvertible, Sendable {
  let testDescription: String
  let sql: String

  init(_ what: String, _ sql: String) {
    testDescription = what
    self.sql = sql
  }

  static let all = [
    Admitted("the next revision", SchemaSample.revision()),
    Admitted(
      "a revision based on a pending one that was kept",
      SchemaSample.revision(deadline: "9000")
        + "UPDATE revision SET verdict = 'confirmed', verdictAt = 8999, verdictBy = 'mira' WHERE number = 2;"
        + SchemaSample.revision(3, base: 2, at: 8999)),
    Admitted(
      "a revision once the pending one has lapsed, based on what returned",
      SchemaSample.revision(deadline: "9000") + SchemaSample.revision(3, at: 9000)),
    Admitted(
      "a revision once the pending one was cancelled",
      SchemaSample.revision(deadline: "9000", verdict: "'cancelled', 3000, 'mira'")
        + SchemaSample.revision(3, at: 3000)),
    Admitted("a login of 64", SchemaSample.account(String(repeating: "x", count: 64))),
    Admitted("a login of all that may be in one", SchemaSample.account("a.b_c-9")),
    Admitted("a token that never ends", SchemaSample.token(expiresAt: "253402300799000")),
    Admitted("the name of a revoked token", SchemaSample.token("old")),
    Admitted("the same name in capitals", SchemaSample.token("CHECKOUT")),
    Admitted("the same name with another owner", SchemaSample.token("checkout", owner: "ci")),
    Admitted("the next audit row", SchemaSample.audit()),
    Admitted(
      "a role taken away", "DELETE FROM accountRole WHERE account = 'mira'"),
  ]
}
