import Access
import Testing

@Suite("An address")
struct IPAddressTests {
  @Test(
    "is read in every form RFC 4291 has, and written in the one of RFC 5952",
    arguments: [
      ("0.0.0.0", "0.0.0.0"), ("255.255.255.255", "255.255.255.255"), ("10.2.0.14", "10.2.0.14"),
      ("::", "::"), ("::1", "::1"), ("1::", "1::"), ("2001:DB8::", "2001:db8::"),
      ("2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"), ("2001:0db8:0:0:0:0:2:1", "2001:db8::2:1"),
      ("2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"), ("1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"),
      ("::2:3:4:5:6:7:8", "0:2:3:4:5:6:7:8"), ("64:ff9b::192.0.2.33", "64:ff9b::c000:221"),
      ("::ffff:10.0.0.1", "10.0.0.1"), ("::FFFF:a00:1", "10.0.0.1"),
      ("0:0:0:0:0:ffff:192.0.2.1", "192.0.2.1"), ("::10.0.0.1", "::a00:1"),
    ])
  func valid(text: String, shown: String) throws {
    let address = try #require(IPAddress(parsing: text))
    #expect(address.description == shown)
    #expect(IPAddress(parsing: shown) == address)
  }

  @Test(
    "is nothing else",
    arguments: [
      "", " ", "1", "1.2.3", "1.2.3.4.5", "1.2.3.256", "01.2.3.4", "1.2.3.00", "1.2.3.-4",
      "1.2.3.4 ", "1..2.3", "0x1.2.3.4", "١.2.3.4", ":", ":::", "1:::2", "1::2::3", "1:2:3:4:5:6:7",
      "1:2:3:4:5:6:7:8:9", "::1:2:3:4:5:6:7:8", "12345::", "g::", ":1", "1:", "fe80::1%eth0",
      "[::1]", "1.2.3.4::", "::1.2.3", "::1.2.3.4:5", "+1::", "10.0.0.1:80",
    ])
  func invalid(text: String) {
    #expect(IPAddress(parsing: text) == nil)
  }

  @Test("comes before the higher one, IPv4 before IPv6")
  func order() throws {
    let texts = ["9.0.0.0", "10.0.0.0", "10.0.0.1", "::", "::1", "2001:db8::"]
    let addresses = texts.compactMap(IPAddress.init(parsing:))
    #expect(addresses.reversed().sorted().map(\.description) == texts)
  }
}

@Suite("A network")
struct NetworkTests {
  @Test(
    "holds its first and last address, and not those beside them",
    arguments: [
      ("10.2.0.0/16", "10.1.255.255", "10.2.0.0", "10.2.255.255", "10.3.0.0"),
      ("10.2.0.14/32", "10.2.0.13", "10.2.0.14", "10.2.0.14", "10.2.0.15"),
      ("10.2.0.14", "10.2.0.13", "10.2.0.14", "10.2.0.14", "10.2.0.15"),
      ("10.2.0.8/31", "10.2.0.7", "10.2.0.8", "10.2.0.9", "10.2.0.10"),
      ("172.16.0.0/12", "172.15.255.255", "172.16.0.0", "172.31.255.255", "172.32.0.0"),
      ("128.0.0.0/1", "127.255.255.255", "128.0.0.0", "255.255.255.255", "::8000:0"),
      ("0.0.0.0/0", "::", "0.0.0.0", "255.255.255.255", "::1"),
      (
        "2001:db8::/32", "2001:db7:ffff:ffff:ffff:ffff:ffff:ffff", "2001:db8::",
        "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff", "2001:db9::"
      ),
      ("fe80::/10", "fe7f:ffff::", "fe80::", "febf:ffff::", "fec0::"),
      ("::1/128", "::", "::1", "::1", "::2"), ("::/0", "0.0.0.0", "::", "ffff::", "10.0.0.1"),
      ("::ffff:10.0.0.0/104", "9.255.255.255", "10.0.0.0", "10.255.255.255", "11.0.0.0"),
      ("::ffff:0:0/96", "::", "0.0.0.0", "255.255.255.255", "::1"),
    ])
  func edges(text: String, below: String, first: String, last: String, above: String) throws {
    let network = try Network(parsing: text)
    for inside in [first, last] {
      #expect(network.contains(try #require(IPAddress(parsing: inside))))
    }
    for outside in [below, above] {
      #expect(!network.contains(try #require(IPAddress(parsing: outside))))
    }
    #expect(try Network(parsing: network.description) == network)
  }

  @Test("holds a mapped address as the IPv4 address it is")
  func mapped() throws {
    let network = try Network(parsing: "10.0.0.0/8")
    #expect(network.contains(try #require(IPAddress(parsing: "::ffff:10.9.9.9"))))
    #expect(try Network(parsing: "::ffff:10.0.0.0/104") == network)
  }

  @Test(
    "is nothing else",
    arguments: [
      "", "/", "/8", "10.0.0.0/", "10.0.0.0/33", "::/129", "10.0.0.0/-1", "10.0.0.0/+8",
      "10.0.0.0/8/8", "10.0.0.0/8 ", "10.0.0.0/ 8", "10.0.0/8", "any",
      "10.0.0.0/99999999999999999999",
      "::ffff:10.0.0.0/8", "::ffff:10.0.0.0/95", "::ffff:10.0.0.0/129",
    ])
  func invalid(text: String) {
    #expect(throws: NetworkError.unreadable(text)) { try Network(parsing: text) }
  }

  @Test("with bits behind its prefix is answered with the one that was meant")
  func hostBits() {
    let cases = [
      ("10.2.0.14/16", "“10.2.0.14/16” has bits behind its prefix. Did you mean 10.2.0.0/16?"),
      ("1.0.0.0/0", "“1.0.0.0/0” has bits behind its prefix. Did you mean 0.0.0.0/0?"),
      (
        "2001:db8::1/32",
        "“2001:db8::1/32” has bits behind its prefix. Did you mean 2001:db8::/32?"
      ),
    ]
    for (text, expected) in cases {
      let error = #expect(throws: NetworkError.self) { try Network(parsing: text) }
      #expect(error?.description == expected)
    }
    #expect(
      NetworkError.unreadable("any\n").description
        == "“any\\x0a” is not a network. Write it like 10.2.0.0/16 or 2001:db8::/32.")
  }

  @Test("list of an integration holds what any of them holds, and nothing unknown")
  func integration() throws {
    let integration = EssentialIntegration.sample(networks: ["10.2.0.0/16", "2001:db8::/32"])
    #expect(integration.allows(IPAddress(parsing: "10.2.9.9")))
    #expect(integration.allows(IPAddress(parsing: "2001:db8::9")))
    #expect(!integration.allows(IPAddress(parsing: "10.3.0.0")))
    #expect(!integration.allows(nil))
  }
}
