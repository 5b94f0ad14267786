import Access

extension Answer {
  /// What the help URL of a refusal leads to: each reason in words, with an anchor.
  static let help = Answer(
    .ok, lines: "Content-Type: text/html; charset=utf-8\r\nCache-Control: max-age=3600\r\n",
    body: """
      <!doctype html><html lang="en"><meta charset="utf-8"><title>Refused requests</title>
      <h1>Why a request is refused</h1><dl>
      \(Refusal.allCases.map(entry).joined(separator: "\n"))
      </dl>
      <h1 id="cut-over">Legacy keys and passwords are to end</h1>
      <p>A reply with the headers <code>Deprecation</code> and <code>Sunset</code> was to a request
      with a legacy key or a password. From the day that <code>Sunset</code> names these may be refused:
      make a Bearer token before, and send it as <code>Authorization: Bearer</code>.</html>

      """)

  private static func entry(_ refusal: Refusal) -> String {
    let words = refusal.explanation(of: nil, under: Policy())
    return "<dt id=\"\(refusal.rawValue)\"><code>\(refusal.rawValue)</code> (\(refusal.status))"
      + "<dd>\(words)"
  }
}
