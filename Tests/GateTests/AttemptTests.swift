import Access
import NIOHTTP1
import Testing

@testable import Gate

@Suite("What a gateway's request says")
struct AttemptTests {
  private func attempt(
    _ fields: [(String, String)], _ convention: ForwardConvention = .headers,
    from peer: Peer = .listed, peers: Peers = Peers()
  ) -> Attempt {
    Attempt(
      HTTPRequestHead(
        version: .http1_1, method: .GET, uri: "/auth", headers: HTTPHeaders(fields)),
      convention, from: peer, peers: peers, legacyKeyHeader: "x-api-key")
  }

  private let forwarded = [
    ("X-Forwarded-Method", "PUT"), ("X-Forwarded-Uri", "/api/orders?token=secret"),
    ("X-Forwarded-For", "192.0.2.7"),
  ]

  @Test("is method, path and source by the convention that was asked for, and never by the other")
  func conventions() {
    let headers = attempt(forwarded)
    #expect(headers.request.method == "PUT")
    #expect(headers.path == "/api/orders")
    #expect(headers.request.isSafe)
    #expect(headers.request.source == IPAddress(parsing: "192.0.2.7"))
    let target = attempt(forwarded, .target(path: "/other"))
    #expect(target.request.method == "GET")
    #expect(target.path == "/other")
  }

  @Test("counts for nothing where it comes from nobody that is listed")
  func unlisted() {
    let attempt = attempt(forwarded, from: .unlisted)
    #expect(!attempt.request.isSafe)
    #expect(attempt.request.source == nil)
    #expect(attempt.path == nil)
  }

  @Test("is not safe where it says nothing, or says it twice")
  func missing() {
    #expect(!attempt([("X-Forwarded-Uri", "/api")]).request.isSafe)
    #expect(!attempt([("X-Forwarded-Method", "GET")]).request.isSafe)
    #expect(!attempt(forwarded + [("x-forwarded-uri", "/else")]).request.isSafe)
    #expect(!attempt(forwarded + [("X-FORWARDED-METHOD", "GET")]).request.isSafe)
  }

  @Test(
    "takes the last address that is no listed peer's",
    arguments: [
      (["192.0.2.7"], "192.0.2.7"), (["203.0.113.9, 192.0.2.7, 127.0.0.1"], "192.0.2.7"),
      (["203.0.113.9", "192.0.2.7,\t127.0.0.1"], "192.0.2.7"), (["127.0.0.1"], nil),
      (["203.0.113.9, unknown"], nil), (["203.0.113.9,"], nil), ([], nil),
      (["2001:db8::1"], "2001:db8::1"), (["203.0.113.9, 192.0.2.07"], nil),
    ])
  func sources(_ values: [String], _ expected: String?) {
    let attempt = attempt(values.map { ("X-Forwarded-For", $0) })
    #expect(attempt.request.source?.description == expected)
  }

  @Test(
    "presents what stands in the headers, and exactly one of it",
    arguments: [
      ([], .missing), ([("Authorization", "Digest x")], .missing),
      ([("Cookie", "token=a"), ("X-Api-Key2", "k")], .missing),
      ([("Authorization", "Bearer a.b-c_d~e+f/9==")], .bearer(Secret("a.b-c_d~e+f/9==".utf8))),
      ([("authorization", "bEARER abc")], .bearer(Secret("abc".utf8))),
      ([("Authorization", "Bearer")], .malformed(.bearer)),
      ([("Authorization", "Bearer ")], .malformed(.bearer)),
      ([("Authorization", "Bearer  abc")], .malformed(.bearer)),
      ([("Authorization", "Bearer =")], .malformed(.bearer)),
      ([("Authorization", "Bearer a=b")], .malformed(.bearer)),
      ([("Authorization", "Bearer a b")], .malformed(.bearer)),
      ([("Authorization", "Bearer ab\u{e9}")], .malformed(.bearer)),
      ([("Authorization", "Bearer\tabc")], .malformed(.bearer)),
      ([("Authorization", "Bearer a, Bearer b")], .ambiguous),
      ([("Authorization", "Bearer,Basic YTpi")], .ambiguous),
      ([("Authorization", "Bearer a"), ("Authorization", "Bearer a")], .ambiguous),
      ([("Authorization", "Bearer a"), ("X-Api-Key", "k")], .ambiguous),
      ([("Authorization", "Digest x"), ("X-Api-Key", " k\t")], .legacyKey(Secret("k".utf8))),
      ([("x-aPI-kEY", " ")], .malformed(.legacyKey)),
      ([("X-Api-Key", "k"), ("X-Api-Key", "k")], .ambiguous),
      ([("Authorization", "Basic YW5uYTpwOnc=")], .password(login: "anna", Secret("p:w".utf8))),
      ([("Authorization", "Basic YW5uYQ==")], .malformed(.password)),
      ([("Authorization", "Basic YW5uYTo=")], .malformed(.password)),
      ([("Authorization", "Basic ***")], .malformed(.password)),
      ([("Authorization", "Basic YW5uYTpwOnc=, x")], .ambiguous),
    ] as [([(String, String)], Presentation)])
  func presentations(_ fields: [(String, String)], _ expected: Presentation) {
    #expect(attempt(forwarded + fields).presentation == expected)
  }

  @Test("leads to an answer only as it is spelled")
  func routes() {
    #expect(Route(target: "/auth") == .auth(.headers))
    #expect(Route(target: "/auth?x") == .auth(.headers))
    #expect(Route(target: "/auth/api/a?b") == .auth(.target(path: "/api/a?b")))
    #expect(Route(target: "/readyz?x") == .page(.readiness))
    for other in ["", "/", "/AUTH", "/authx", "//auth", "/%61uth", "/healthz/", "*"] {
      #expect(Route(target: other) == .unknown)
    }
  }
}

@Suite("A request head that somebody wrote down")
struct RequestHeadTests {
  @Test("is what a caller sends, or what a gateway reports")
  func conventions() throws {
    let text =
      "DELETE /api/orders/7?x HTTP/1.1\r\nHost: a\r\nAuthorization:  Bearer abc\r\n\r\nbody"
    let sent = try RequestHead(Array(text.utf8)).attempt(from: nil, legacyKeyHeader: "X-Api-Key")
    #expect(sent.presentation == .bearer(Secret("abc".utf8)))
    #expect(sent.request == RequestFacts(source: nil, method: "DELETE", isSafe: true))
    #expect(sent.path == "/api/orders/7")
    let reported = """
      GET /auth
      X-Forwarded-Method: POST
      X-Forwarded-Uri: /api/orders
      X-Forwarded-For: 192.0.2.7
      X-API-KEY: k
      """
    let attempt = try RequestHead(Array(reported.utf8))
      .attempt(from: nil, legacyKeyHeader: "X-Api-Key")
    #expect(attempt.presentation == .legacyKey(Secret("k".utf8)))
    #expect(attempt.request.method == "POST")
    #expect(attempt.request.source?.description == "192.0.2.7")
    let elsewhere = try RequestHead(Array(reported.utf8))
      .attempt(from: IPAddress(parsing: "10.0.0.1"), legacyKeyHeader: "X-Api-Key")
    #expect(elsewhere.request.source?.description == "10.0.0.1")
  }

  @Test(
    "is refused with the line that is none",
    arguments: [
      ("", .requestLine), ("GET", .requestLine), ("GET  / HTTP/1.1", .requestLine),
      ("GET / HTTP/1.1 x", .requestLine), ("GET /\u{7} HTTP/1.1", .requestLine),
      ("GET /ü HTTP/1.1", .requestLine), ("GET / HTTP/1.1\nHost", .field(line: 2)),
      ("GET / HTTP/1.1\nA: b\n folded", .field(line: 3)),
      ("GET / HTTP/1.1\nA : b", .field(line: 2)), ("GET / HTTP/1.1\n: b", .field(line: 2)),
      (String(repeating: "a", count: 100_000), .tooLarge),
    ] as [(String, RequestHeadError)])
  func refused(_ text: String, _ error: RequestHeadError) {
    #expect(throws: error) { try RequestHead(Array(text.utf8)) }
  }
}
