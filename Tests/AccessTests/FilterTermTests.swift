import Access
import Testing

@Suite("A filter text")
struct FilterTermTests {
  private func parts(_ text: String) -> [String] {
    FilterTerm.terms(text).map { term in (term.key.map { $0 + "|" } ?? "") + term.value }
  }

  @Test(
    "is read as words and as keys with values",
    arguments: [
      ("", []), ("  ", []), ("crm sync", ["crm", "sync"]), ("owner:bob crm", ["owner|bob", "crm"]),
      ("Owner:Bob", ["owner|Bob"]), ("nokey:x", ["nokey:x"]), ("role:", ["role:"]),
      ("source:2001:db8::1", ["source|2001:db8::1"]),
      ("role:\"API Operator\" crm", ["role|API Operator", "crm"]),
      ("role:\"API Op", ["role|API Op"]), ("\"two words\" x", ["two words", "x"]),
      ("role:\"the \"\"A\"\" team\"", ["role|the \"A\" team"]), ("12\" tall", ["12\"", "tall"]),
      ("role:\"\"", ["role:"]), ("\"", []),
    ])
  func reading(text: String, terms: [String]) {
    #expect(parts(text) == terms)
  }

  @Test(
    "gives back every value that was quoted",
    arguments: ["member", "API Operator", "the \"A\" team", "\"", "\"x", "a:b c", "役 割"])
  func quoting(value: String) {
    let text = "crm role:" + FilterTerm.quoted(value) + " state:active"

    #expect(parts(text) == ["crm", "role|" + value, "state|active"])
  }
}
