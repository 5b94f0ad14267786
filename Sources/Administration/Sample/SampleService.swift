/// A program with an account of its own.
struct SampleService {
  let login: String
  let name: String
  /// Whom to ask; empty where nobody remembers.
  let contact: String

  private init(_ login: String, _ name: String, contact: String = "") {
    self.login = login
    self.name = name
    self.contact = contact
  }

  static let all: [SampleService] = [
    SampleService("build-bot", "Builds and deployments", contact: "Alice Lindqvist"),
    SampleService("crm", "Customer relations", contact: "Carol Ibáñez"),
    SampleService("scanner", "Document scanners", contact: "Carol Ibáñez"),
    SampleService("payroll", "Payroll", contact: "Erin Ó Briain"),
    SampleService("badge-printer", "Badge printers", contact: "Reception, ext. 4100"),
    SampleService("metrics", "Dashboards and alerts", contact: "陳美玲"),
    SampleService("wiki", "Staff wiki", contact: "Support Desk"),
    SampleService("invoice-feed", "Invoices to accounting", contact: "Erin Ó Briain"),
    SampleService("stock-feed", "Stock levels", contact: "Bob Okonkwo"),
    SampleService("partner-gateway", "Partner gateway", contact: "יוסף אזולאי"),
    SampleService("backup-runner", "Backups", contact: "陳美玲"),
    SampleService("chat-relay", "Chat notifications", contact: "Dave Yıldız"),
    SampleService("sms-gateway", "Text messages"),
    SampleService("kiosk", "Lobby kiosks", contact: "Reception, ext. 4100"),
    SampleService("label-printer", "Label printers", contact: "Warehouse, ext. 4230"),
    SampleService("mail-merge", "Mailings", contact: "Carol Ibáñez"),
    SampleService("etl-nightly", "Nightly loads", contact: "Data Analysts"),
    SampleService("search-index", "Search index", contact: "Developers"),
    SampleService("translation-hub", "Translations"),
    SampleService("door-locks", "Door locks", contact: "Facilities, ext. 4300"),
    SampleService("visitor-desk", "Visitor desk", contact: "Reception, ext. 4100"),
    SampleService("parking", "Parking"),
    SampleService("menu-board", "Canteen menu"),
    SampleService("fleet-tracker", "Delivery vans", contact: "Warehouse, ext. 4230"),
    SampleService("timeclock", "Time clocks", contact: "Erin Ó Briain"),
    SampleService("survey-sync", "Customer surveys", contact: "Carol Ibáñez"),
    SampleService("e-sign", "Electronic signatures", contact: "Legal, ext. 4050"),
    SampleService("tax-filing", "Tax filing", contact: "Erin Ó Briain"),
    SampleService("bank-statements", "Bank statements", contact: "Erin Ó Briain"),
    SampleService("catalogue-export", "Catalogue export", contact: "Bob Okonkwo"),
    SampleService("price-engine", "Prices", contact: "Bob Okonkwo"),
    SampleService("returns-desk", "Returns", contact: "Warehouse, ext. 4230"),
    SampleService("shop-frontend", "Web shop", contact: "Dave Yıldız"),
    SampleService("mobile-api", "Mobile app", contact: "Developers"),
    SampleService("status-page", "Status page", contact: "陳美玲"),
    SampleService("load-tester", "Load tests", contact: "Dave Yıldız"),
    SampleService("data-lake", "Data lake", contact: "Data Analysts"),
    SampleService("anomaly-watch", "Anomaly detection"),
    SampleService("ticket-bridge", "Ticket bridge", contact: "Support Desk"),
    SampleService("legacy-intranet", "Old intranet"),
  ]
}
