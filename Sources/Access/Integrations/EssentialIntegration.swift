/// A product that cannot send a token yet, whose password still works at level High.
package struct EssentialIntegration: Hashable, Sendable {
  package let account: Identifier<Account>
  package var purpose: String
  /// Where its requests may come from; never empty.
  package var networks: [Network]
  /// Whom to ask.
  package var contact: String
  /// Accepted to the end of this day, UTC.
  package var reviewDate: CivilDate

  package init(
    account: Identifier<Account>, purpose: String, networks: [Network], contact: String,
    reviewDate: CivilDate
  ) {
    self.account = account
    self.purpose = purpose
    self.networks = networks
    self.contact = contact
    self.reviewDate = reviewDate
  }

  package func isPastReview(at now: Instant) -> Bool { now >= reviewDate.end }

  /// Whether a request from `source` is within its networks; an unknown source is not.
  package func allows(_ source: IPAddress?) -> Bool {
    guard let source else { return false }
    return networks.contains { $0.contains(source) }
  }
}

/// What somebody types to register an integration.
package struct IntegrationDraft: Hashable, Sendable {
  package var login: String
  package var purpose: String
  package var networks: [Network]
  package var contact: String
  package var reviewDate: CivilDate

  package init(
    login: String, purpose: String, networks: [Network], contact: String, reviewDate: CivilDate
  ) {
    self.login = login
    self.purpose = purpose
    self.networks = networks
    self.contact = contact
    self.reviewDate = reviewDate
  }

  package func checked() throws -> IntegrationDraft {
    var draft = self
    draft.purpose = try VisibleName.name(purpose, what: "purpose")
    draft.contact = try VisibleName.text(contact, what: "contact", limit: 128)
    guard !networks.isEmpty else { throw IntegrationError.noNetwork }
    return draft
  }
}

/// Why an integration is refused.
package enum IntegrationError: Failure, Equatable {
  case noNetwork
  case nobody
  case exists(Login)
  case unknown(Login)

  package var description: String {
    switch self {
    case .noNetwork:
      "An essential integration needs at least one network it may come from, like 10.2.0.14/32."
    case .nobody: "There is nobody to register."
    case .exists(let login): "“\(login)” is registered already. Edit the entry instead."
    case .unknown(let login): "“\(login)” is not registered as an essential integration."
    }
  }
}
