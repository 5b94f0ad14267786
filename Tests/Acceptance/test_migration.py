"""The whole path on the sample site, behind nginx: observe, brown out, commit with a deadline, and
have it take itself back whatever is killed meanwhile."""

import contextlib
import datetime
import fcntl
import http.client
import os
import pty
import signal
import struct
import termios
import threading
import time

import pytest

import clients
from conftest import GATEHOUSE, Gate, Site, wait_until
from test_gateways import Nginx

class Sample(Site):
    """The site that `init --sample` makes, with clients of ours among its accounts."""

    def __init__(self, folder):
        self.folder = folder
        self.folder.mkdir(mode=0o700)
        self.database = folder / "gatehouse.db"
        self.run("init", "--admin", "root", "--sample")
        self.run("bearer", "enable")
        self.clients = clients.join(self.run)


@pytest.fixture(scope="module")
def path(tmp_path_factory, api, request):
    folder = tmp_path_factory.mktemp("migration")
    site = Sample(folder / "site")
    # Only nginx is a peer: the clients have an address of their own.
    gate = Gate(site, "--peer", "127.0.0.1/32")
    request.addfinalizer(gate.stop)
    nginx = Nginx(folder, gate, api).start()
    nginx.source = "127.0.0.2"
    request.addfinalizer(nginx.stop)
    nginx.site = site
    return nginx


def drive(path):
    """One round of every client: status and the headers of each."""
    return {name: path.ask(**headers)[:2] for name, headers in path.site.clients.items()}


def statuses(path):
    return {name: status for name, (status, _) in drive(path).items()}


def whole(path, callers):
    """Every byte of the replies through nginx and of the gate's own, but for the hour."""
    def without_hour(status, headers, body):
        return status, [pair for pair in headers.items() if pair[0].lower() != "date"], body

    replies = {}
    for name, headers in callers.items():
        gate = http.client.HTTPConnection("127.0.0.1", path.gate.port, timeout=5)
        with contextlib.closing(gate):
            gate.request("GET", "/auth", headers={
                "X-Forwarded-Method": "GET", "X-Forwarded-Uri": "/api/orders",
                "X-Forwarded-For": "127.0.0.2", **headers})
            reply = gate.getresponse()
            own = without_hour(reply.status, reply.headers, reply.read())
        replies[name] = without_hour(*path.ask(**headers)), own
    return replies


LEGACY = {"demo-nightly nightly", "demo-wiki wiki", "demo-crm"}


def test_who_would_be_refused_is_who_then_is(path):
    site = path.site
    assert set(statuses(path).values()) == {200}
    # Whom nobody knows is refused as ever, and is not counted as one whom High would refuse.
    callers = {**site.clients, "nobody": {}, "unknown": {"Authorization": "Bearer e30.e30.e30"}}
    before = whole(path, callers)
    assert {name for name, (outer, own) in before.items() if {outer[0], own[0]} != {200}} == {
        "nobody", "unknown"}
    site.run("level", "observe", "high")
    for _ in range(3):
        assert whole(path, callers) == before
    found = wait_until(lambda: site.json("level", "observed")["requests"] == 18
                       and site.json("level", "observed"), "the observation")
    assert {row["caller"] for row in found["refused"]} == LEGACY
    assert all(row["requests"] == 6 and row["source"] == "127.0.0.2" for row in found["refused"])
    plan = site.json("level", "plan", "high")
    assert plan["observed"]["credentials"] == 3 and plan["observed"]["requests"] == 18

    site.run("level", "set", "high", "--confirm", "high", "--stay", "--reason", "to compare")
    after = statuses(path)
    assert {name for name, status in after.items() if status != 200} == LEGACY
    # Name for name; the sample has refusals of its own.
    wait_until(lambda: {row["caller"] for row in site.json("refusals", "demo-")}
               == {row["caller"] for row in found["refused"]}, "the refusals")
    site.run("level", "set", "standard", "--reason", "compared")
    assert set(statuses(path).values()) == {200}


def test_a_brownout_refuses_inside_and_tells_who_failed(path):
    site = path.site
    made = site.json("brownout", "add", "--method", "legacy_key", "--until", "10m")
    replies = drive(path)
    inside = {name: status for name, (status, _) in replies.items()}
    failed = {"demo-nightly nightly", "demo-wiki wiki"}
    assert {name for name, status in inside.items() if status == 401} == failed
    for name in failed:
        assert 0 < int(replies[name][1]["Retry-After"]) <= 600
    assert all(status == 200 for name, status in inside.items() if name not in failed)
    site.run("brownout", "abort", made["id"])
    # From the next request on; one of the two comes back, the other does not.
    assert path.ask(**site.clients["demo-nightly nightly"])[0] == 200
    report = wait_until(
        lambda: any(row["since"] == "back" for row in site.json("brownout", "report", made["id"])["failures"])
        and site.json("brownout", "report", made["id"]), "the return")
    assert {row["caller"]: row["since"] for row in report["failures"]} == {
        "demo-nightly nightly": "back", "demo-wiki wiki": "missing"}
    assert report["state"] == "aborted"


def test_the_worklist_names_them_and_remembers_what_was_agreed(path):
    site = path.site
    wait_until(lambda: all(status == 200 for status in statuses(path).values()), "everybody")

    def ours():
        rows = site.json("migration", "list", "breaks:high")
        return {row["what"]: row for row in rows if (row["owner"] or "").startswith("demo-")}

    rows = wait_until(lambda: {row["severity"] for row in ours().values()} == {"stop"} and ours(),
                      "the uses")
    assert set(rows) == {"legacy key nightly", "legacy key wiki", "password of demo-crm"}
    ids = [row["id"] for row in rows.values()]
    site.run("migration", "review", *ids, "--state", "notified", "--note", "=mail, of Monday")
    assert {row["review"] for row in ours().values()} == {"notified"}
    csv = site.run("migration", "export", "--format", "csv", "owner:demo-wiki")
    assert "\"'=mail, of Monday\"" in csv


def run_console(site):
    """A console in a terminal of its own, past its first frame."""
    process, terminal = pty.fork()
    if process == 0:
        os.execve(GATEHOUSE, [GATEHOUSE, "--database", str(site.database), "--account", "root"],
                  {**os.environ, "TERM": "xterm-256color", "LANG": "C.UTF-8"})
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    seen = b""
    while b"Overview" not in seen:
        seen += os.read(terminal, 65536)
    # Its screen is read, or it would wait for ever with a full one.
    def drain():
        try:
            while os.read(terminal, 65536):
                pass
        except OSError:
            pass
    threading.Thread(target=drain, daemon=True).start()
    return process


def test_a_deadline_holds_whatever_is_killed(path):
    site, gate = path.site, path.gate
    console = run_console(site)
    site.run("level", "set", "high", "--within", "1m", "--confirm", "high", "--reason", "trial")
    assert statuses(path)["demo-nightly nightly"] == 401
    os.kill(console, signal.SIGKILL)
    os.waitpid(console, 0)
    gate.process.kill()
    gate.process.wait()
    assert path.ask(**site.clients["demo-nightly nightly"])[0] == 503
    gate.start()
    number = site.json("status")["revision"]
    ends = site.json("status")["pending"]["lapses_at"]
    assert statuses(path)["demo-nightly nightly"] == 401
    headers = site.clients["demo-nightly nightly"]
    end = datetime.datetime.fromisoformat(ends.replace("Z", "+00:00")).timestamp()
    last_refused = wait_until(lambda: path.ask(**headers)[0] == 200 and time.time(), "the return", 90)
    assert end <= last_refused + 0.05 and last_refused - end < 1, (end, last_refused)
    # Whoever writes next tells the audit of it, once; the gate does so by itself with its counters.
    site.run("role", "add", "After")
    told = [row for row in site.json("audit", "list") if row["action"] == "revision.lapse"]
    assert len([row for row in told if row["target"] == f"revision {number}"]) == 1


def test_the_cut_over_is_announced_to_them_alone(path):
    site = path.site
    site.run("cutover", "set", "2099-03-31")
    told = {name for name, (_, headers) in drive(path).items() if headers["Sunset"]}
    assert told == LEGACY
    site.run("cutover", "off")
