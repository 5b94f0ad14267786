package import Access

/// Which screen stands at which place, and which dialogs others may open by name.
package enum Registry {
  /// One line a place, in the order of the tabs.
  private static let screens: [(place: Place, make: @Sendable () -> any Screen)] = [
    (.account, { MyAccountScreen() }),
    (.overview, { OverviewScreen() }),
    (.properties, { PropertiesScreen() }),
    (.security, { SecurityScreen() }),
    (.roles, { RolesScreen() }),
    (.tokens, { TokensScreen() }),
    (.migration, { MigrationScreen() }),
    (.accounts, { AccountsScreen() }),
    (.audit, { AuditScreen() }),
  ]

  /// The places there are screens for.
  package static let places = screens.map(\.place)

  /// A new screen for a place, as it is when shown for the first time.
  package static func screen(at place: Place) -> any Screen {
    screens.first { $0.place == place }?.make() ?? MyAccountScreen()
  }

  /// The dialog that shows what a change of the policy would do, before it does.
  package static func warning(
    of change: PolicyChange, drawnUpAgainst base: Int? = nil
  ) -> any OpenDialog {
    WarningDialog(change, drawnUpAgainst: base)
  }
}
