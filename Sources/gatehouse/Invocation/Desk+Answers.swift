import Access

/// The questions commands ask, each with the kind of answer it has.
extension Desk {
  func overview() throws -> Overview {
    guard case .overview(let answer) = try ask(.overview) else {
      throw UnexpectedAnswer(asked: "overview")
    }
    return answer
  }

  func overviewCounts() throws -> Overview.Counts {
    guard case .overviewCounts(let answer) = try ask(.overviewCounts) else {
      throw UnexpectedAnswer(asked: "counts")
    }
    return answer
  }

  func account(_ login: String) throws -> AccountDetails {
    guard case .account(let answer) = try ask(.account(login)) else {
      throw UnexpectedAnswer(asked: "account")
    }
    return answer
  }

  func accounts(_ request: PageRequest<AccountFilter, AccountSort>) throws -> Page<AccountRow> {
    guard case .accounts(let answer) = try ask(.accounts(request)) else {
      throw UnexpectedAnswer(asked: "accounts")
    }
    return answer
  }

  func token(_ id: String) throws -> TokenDetails {
    guard case .token(let answer) = try ask(.token(id)) else {
      throw UnexpectedAnswer(asked: "token")
    }
    return answer
  }

  func tokens(_ request: PageRequest<TokenFilter, TokenSort>) throws -> Page<TokenRow> {
    guard case .tokens(let answer) = try ask(.tokens(request)) else {
      throw UnexpectedAnswer(asked: "tokens")
    }
    return answer
  }

  func keys(_ request: PageRequest<LegacyKeyFilter, LegacyKeySort>) throws -> Page<LegacyKeyRow> {
    guard case .keys(let answer) = try ask(.keys(request)) else {
      throw UnexpectedAnswer(asked: "legacy keys")
    }
    return answer
  }

  func audit(_ request: PageRequest<AuditFilter, AuditSort>) throws -> Page<AuditRow> {
    guard case .audit(let answer) = try ask(.audit(request)) else {
      throw UnexpectedAnswer(asked: "audit")
    }
    return answer
  }

  /// Checks the whole chain, showing how far it is where somebody watches.
  func checkAudit(against kept: AuditHead?) throws -> AuditCheck {
    let bar = world.progress
    defer { bar?.end() }
    var check = AuditCheck(kept: kept)
    while check.verdict == nil {
      guard case .auditCheck(let further) = try ask(.checkAudit(check)) else {
        throw UnexpectedAnswer(asked: "audit check")
      }
      check = further
      bar?.show(Int(clamping: check.seq), of: Int(clamping: check.total))
    }
    return check
  }

  func revision(_ number: Int) throws -> RevisedPolicy {
    guard case .revision(let answer) = try ask(.revision(number)) else {
      throw UnexpectedAnswer(asked: "revision")
    }
    return answer
  }

  func revisions(_ request: PageRequest<NoFilter, RevisionSort>) throws -> Page<RevisionRow> {
    guard case .revisions(let answer) = try ask(.revisions(request)) else {
      throw UnexpectedAnswer(asked: "revisions")
    }
    return answer
  }

  func integrations() throws -> [IntegrationRow] {
    guard case .integrations(let answer) = try ask(.integrations) else {
      throw UnexpectedAnswer(asked: "integrations")
    }
    return answer
  }

  func roles() throws -> [RoleRow] {
    guard case .roles(let answer) = try ask(.roles) else {
      throw UnexpectedAnswer(asked: "roles")
    }
    return answer
  }

  func clients() throws -> [GatewayClient] {
    guard case .clients(let answer) = try ask(.clients) else {
      throw UnexpectedAnswer(asked: "clients")
    }
    return answer
  }

  func operations() throws -> Operations {
    guard case .operations(let answer) = try ask(.operations) else {
      throw UnexpectedAnswer(asked: "operations")
    }
    return answer
  }

  func brownouts() throws -> [BrownoutRow] {
    guard case .brownouts(let answer) = try ask(.brownouts) else {
      throw UnexpectedAnswer(asked: "brownouts")
    }
    return answer
  }

  func brownout(_ id: String) throws -> BrownoutReport {
    guard case .brownout(let answer) = try ask(.brownout(Identifier(id))) else {
      throw UnexpectedAnswer(asked: "brownout")
    }
    return answer
  }

  func observed() throws -> ObservationReport? {
    guard case .observed(let answer) = try ask(.observed) else {
      throw UnexpectedAnswer(asked: "observed level")
    }
    return answer
  }

  func refusals(_ filter: RefusalFilter) throws -> RefusalReport {
    guard case .refusals(let answer) = try ask(.refusals(filter)) else {
      throw UnexpectedAnswer(asked: "refusals")
    }
    return answer
  }

  func usage(by grouping: UsageGrouping, since day: Int64) throws -> [UsageRow] {
    guard case .usage(let answer) = try ask(.usage(grouping, since: day)) else {
      throw UnexpectedAnswer(asked: "usage")
    }
    return answer
  }

  func signingKeys() throws -> [SigningKeyRow] {
    guard case .signingKeys(let answer) = try ask(.signingKeys) else {
      throw UnexpectedAnswer(asked: "signing keys")
    }
    return answer
  }
}
