import Access

extension Answer {
  /// What the help URL of a refusal leads to: each reason in words, with an anchor.
  static let help = Answer(
    .ok, lines: "Content-Type: text/html; charset=utf-8\r\nCache-Control: max-age=3600\r\n",
    body: """
      <!doctype html><html lang="en"><meta charset="utf-8"><title>Refused requests</title>
      <h1>Why a request is refused</h1><dl>
      \(Refusal.allCases.map(entry).joined(separator: "\n"))
      </dl></html>

      """)

  private static func entry(_ refusal: Refusal) -> String {
    let words = refusal.explanation(of: nil, under: Policy())
    return "<dt id=\"\(refusal.rawValue)\"><code>\(refusal.rawValue)</code> (\(refusal.status))"
      + "<dd>\(words)"
  }
}
