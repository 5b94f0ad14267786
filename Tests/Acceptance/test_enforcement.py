"""What is decided is enforced: at the next request, whoever decided it, and whatever happens."""

import base64
import concurrent.futures
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import threading
import time

import pytest

from conftest import GATEHOUSE, Gate, wait_until

KEY = "legacy-key-of-an-old-script"


def basic(login, password):
    return {"Authorization": "Basic " + base64.b64encode(f"{login}:{password}".encode()).decode()}


def decisions(gate):
    """Counts by reason, from the metrics."""
    text = gate.ask(target="/metrics")[2].decode()
    found = re.findall(r'gatehouse_decisions_total\{reason="(\w+)",kind="\w+"\} (\d+)', text)
    counts = {}
    for reason, count in found:
        counts[reason] = counts.get(reason, 0) + int(count)
    return counts


def test_each_kind_of_credential_tells_the_api_who_it_is(site, gate):
    role = site.role("use-api", name="Ops ü")
    site.run("account", "add", "bot", "--kind", "service", "--role", role)
    site.password("bot", "correct horse battery")
    site.legacy_key(KEY, owner="bot", label="Ünit 7")
    value, id_ = site.token("for bot", "--for", "bot", "--read-only")

    def told(headers):
        status, lines, body = gate.ask(headers)
        assert (status, body) == (200, b"")
        assert lines["Cache-Control"] == "no-store"
        return [lines.get_all(f"X-Auth-{name}") for name in
                ["Subject", "Client", "Key-Id", "Method", "Scopes", "Roles"]]

    assert told({"Authorization": f"Bearer {value}"}) == [
        ["bot"], ["for%20bot"], [id_], ["bearer"], ["read"], ["Ops%20%C3%BC"]]
    key = told({"rest-api-key": KEY})
    assert key[:2] + key[3:] == [
        ["bot"], ["%C3%9Cnit%207"], ["legacy_key"], ["read write"], ["Ops%20%C3%BC"]]
    assert told(basic("bot", "correct horse battery")) == [
        ["bot"], [""], [""], ["password"], ["read write"], ["Ops%20%C3%BC"]]
    assert gate.status(value, method="DELETE") == 403


def test_level_high_stops_the_legacy_key_at_the_next_request(site, gate):
    site.legacy_key(KEY)
    value, _ = site.token("goes on")
    assert gate.ask({"rest-api-key": KEY})[0] == gate.status(value) == 200
    site.run("level", "set", "high", "--stay", "--confirm", "high", "--reason", "to see")
    status, headers, body = gate.ask({"rest-api-key": KEY})
    assert status == 401 and b"method_refused" in body and b"Make a Bearer token" in body
    assert gate.status(value) == 200
    site.run("level", "set", "standard", "--reason", "back")
    assert gate.ask({"rest-api-key": KEY})[0] == 200


def test_a_deadline_that_passes_brings_back_what_was(site, gate):
    site.legacy_key(KEY)
    site.run("level", "set", "high", "--within", "1m", "--confirm", "high", "--reason", "to see")
    assert gate.ask({"rest-api-key": KEY})[0] == 401
    # The gate and all else may be gone meanwhile; the deadline is a time, not a timer.
    gate.stop(signal.SIGKILL)
    with sqlite3.connect(site.database) as database:
        (deadline,) = database.execute("SELECT max(deadline) FROM revision").fetchone()
    gate.start()
    back = wait_until(lambda: gate.ask({"rest-api-key": KEY})[0] == 200, "the deadline", 70)
    assert back and -0.05 < time.time() - deadline / 1000 < 1


def test_a_successor_ends_its_predecessor_with_its_first_use(site, gate):
    old, id_ = site.token("to rotate")
    new = site.json("token", "rotate", id_)["token"]
    assert gate.status(old) == 200
    assert gate.status(new) == 200
    assert gate.status(old) == 401
    assert [row["action"] for row in site.json("audit", "list")][-1] == "token.replace"


def test_10_000_requests_race_revocations_from_another_process(site, gate):
    """None is allowed that began after the revoke returned."""
    tokens = [site.token(f"racer {number}") for number in range(20)]
    returned = {}

    def revoke():
        for value, id_ in tokens:
            time.sleep(0.15)
            site.run("token", "revoke", id_)
            returned[value] = time.monotonic()

    asked = 0
    allowed_late = []
    lock = threading.Lock()

    def ask(worker):
        nonlocal asked
        while revoker.is_alive() or asked < 10_000:
            value, _ = tokens[(asked + worker) % len(tokens)]
            begun = time.monotonic()
            status = gate.status(value)
            with lock:
                asked += 1
                if status == 200 and begun > returned.get(value, begun):
                    allowed_late.append((value, begun))

    revoker = threading.Thread(target=revoke)
    revoker.start()
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        list(pool.map(ask, range(8)))
    revoker.join()
    assert asked >= 10_000 and allowed_late == []
    assert all(gate.status(value) == 401 for value, _ in tokens)


def test_uses_are_told_within_a_second_and_outlive_the_gate(site, gate):
    value, id_ = site.token("in use")
    for _ in range(5):
        assert gate.ask({"Authorization": f"Bearer {value}", "User-Agent": "cron/7"})[0] == 200
    shown = lambda: site.json("token", "show", id_)
    assert wait_until(lambda: shown()["uses"] == 5, "counting", 2)
    assert shown()["last_used_at"]
    gate.status(value)
    gate.stop()
    assert shown()["uses"] == 6


def test_a_crash_loses_no_more_than_what_was_not_yet_written(site, gate):
    value, id_ = site.token("before a crash")
    gate.status(value)
    wait_until(lambda: site.json("token", "show", id_)["uses"] == 1, "counting", 3)
    gate.status(value)
    gate.stop(signal.SIGKILL)
    gate.start()
    assert site.json("token", "show", id_)["uses"] in (1, 2)
    assert gate.status(value) == 200


def test_A01_whoever_guesses_learns_nothing(site, gate):
    role = site.role("use-api")
    for login in ["here", "gone"]:
        site.run("account", "add", login, "--role", role)
        site.password(login, "correct horse battery")
    site.run("account", "deactivate", "gone")
    answers = set()
    for login in ["here", "gone", "nobody", "Not A Login"]:
        status, headers, body = gate.ask(basic(login, "wrong password"))
        answers.add((status, headers["WWW-Authenticate"], body))
    assert len(answers) == 1 and answers.pop()[0] == 401


def test_A02_guessing_is_slowed_down_here_and_after_a_restart(site, gate):
    site.run("account", "add", "target", "--role", site.role("use-api"))
    site.password("target", "correct horse battery")
    right = basic("target", "correct horse battery")
    assert gate.ask(right)[0] == 200

    def guess(source):
        # More than two at once are sent away; those do not count.
        while (reply := gate.ask(basic("target", "wrong"), source=source))[1]["Retry-After"] == "1":
            pass
        return reply

    for _ in range(10):
        assert guess("192.0.2.7")[0] == 401
    # The eleventh, and the right one too while it is delayed; from elsewhere it is not.
    assert gate.ask(right, source="192.0.2.9")[0] == 401
    assert gate.ask(right, source="198.51.100.1")[0] == 200
    time.sleep(1.1)
    gate.stop(signal.SIGKILL)
    gate.start()
    assert gate.ask(right, source="192.0.2.7")[0] == 401
    assert gate.ask(right, source="198.51.100.1")[0] == 200
    # From fifty networks: each has its own count, and the console goes on.
    for number in range(50):
        assert guess(f"10.{number}.0.1")[0] == 401
    assert site.run("status")


def test_many_passwords_at_once_hold_up_nobody(site, gate):
    site.run("account", "add", "busy", "--role", site.role("use-api"))
    site.password("busy", "correct horse battery")
    value, _ = site.token("beside")
    with concurrent.futures.ThreadPoolExecutor(12) as pool:
        guesses = [pool.submit(gate.ask, basic("busy", f"wrong {n}"), source=f"10.{n}.0.1")
                   for n in range(12)]
        begun = time.monotonic()
        assert gate.status(value) == 200
        assert time.monotonic() - begun < 0.5
        replies = [guess.result() for guess in guesses]
    assert {reply[0] for reply in replies} == {401}
    assert any(reply[1]["Retry-After"] for reply in replies)


def test_a_database_that_is_gone_lets_nobody_through(site, gate):
    value, _ = site.token("closed")
    assert gate.status(value) == 200
    aside = site.folder / "aside"
    site.database.rename(aside)
    wait_until(lambda: gate.status(value) == 503, "closing")
    assert gate.ask(target="/readyz")[0] == 503
    assert gate.ask(target="/healthz")[0] == 200
    assert "Requests cannot be judged" in gate.log.read_text()
    aside.rename(site.database)
    wait_until(lambda: gate.status(value) == 200, "opening")


def test_a_database_that_was_replaced_ends_the_gate(site, gate):
    copy = site.folder / "copy"
    shutil.copy(site.database, copy)
    copy.chmod(0o600)
    os.replace(copy, site.database)
    assert gate.process.wait(10) == 69
    assert "replaced" in gate.log.read_text()


def test_an_older_database_lets_nobody_through(site, gate, tmp_path):
    gate.stop()
    backup = tmp_path / "backup"
    site.run("backup", str(backup))
    value, _ = site.token("later")
    for suffix in ["-wal", "-shm"]:
        (site.folder / ("gatehouse.db" + suffix)).unlink(missing_ok=True)
    shutil.copy(backup / "gatehouse.db", site.database)
    done = subprocess.run(
        [GATEHOUSE, "--database", site.database, "serve", "--listen", "127.0.0.1:1"],
        capture_output=True, text=True, timeout=20)
    assert done.returncode not in (0, 64) and "checkpoint" in done.stderr.lower()


def test_a_lock_holds_up_no_decision(site, gate):
    value, _ = site.token("not held up")
    with sqlite3.connect(site.database, isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        for _ in range(20):
            begun = time.monotonic()
            assert gate.status(value) == 200
            assert time.monotonic() - begun < 0.5
        other.execute("ROLLBACK")


def test_only_observing_refuses_nobody(site, request):
    gate = Gate(site, "--observe-only")
    request.addfinalizer(gate.stop)
    value, id_ = site.token("observed")
    status, headers, _ = gate.ask({"Authorization": f"Bearer {value}"})
    assert status == 200 and headers["X-Auth-Key-Id"] == id_
    for headers in [None, {"Authorization": "Bearer unknown"}, {"rest-api-key": "x"}]:
        status, told, _ = gate.ask(headers)
        assert status == 200 and told["X-Auth-Subject"] == ""


def test_a_copy_is_served_with_its_lag(site, request, tmp_path):
    value, id_ = site.token("on a copy")
    backup = tmp_path / "copy"
    site.run("backup", str(backup))
    copied = type(site).__new__(type(site))
    copied.folder, copied.database = backup, backup / "gatehouse.db"
    gate = Gate(copied, "--read-only")
    request.addfinalizer(gate.stop)
    assert gate.status(value) == 200
    assert re.search(rb"gatehouse_copy_lag_seconds \d", gate.ask(target="/metrics")[2])


def test_sigterm_ends_it_when_what_is_under_way_is_answered(site, gate):
    site.run("account", "add", "slow", "--role", site.role("use-api"))
    site.password("slow", "correct horse battery")
    with concurrent.futures.ThreadPoolExecutor(1) as pool:
        answer = pool.submit(gate.ask, basic("slow", "correct horse battery"))
        wait_until(lambda: re.search(rb"gatehouse_connections [23]", gate.ask(target="/metrics")[2]) or answer.done(), "asking")
        assert gate.stop() == 0
        assert answer.result()[0] == 200


def test_no_secret_is_logged(site, gate):
    value, _ = site.token("secret")
    gate.status(value)
    gate.ask(basic("root", "a secret password"))
    gate.ask({"rest-api-key": "a-secret-key"})
    gate.stop()
    log = gate.log.read_text()
    assert "The gate is open" in log and "The gate closes" in log
    for secret in [value, "secret password", "a-secret-key", base64.b64encode(b"root:a secret").decode()[:12]]:
        assert secret not in log


def test_metrics_count_decisions_by_reason(site, gate):
    value, _ = site.token("counted")
    gate.status(value)
    gate.ask()
    gate.status("unknown")
    assert decisions(gate) == {"allowed": 1, "credential_missing": 1, "credential_invalid": 1}
    text = gate.ask(target="/metrics")[2].decode()
    assert "gatehouse_decision_seconds_count 3" in text
    assert 'gatehouse_decision_seconds_bucket{le="+Inf"} 3' in text


def test_metrics_count_tokens_that_end_soon(site, gate):
    assert "gatehouse_tokens_expiring 0" in gate.ask(target="/metrics")[2].decode()
    site.run("property", "set", "ExpiryNotice", "100d")
    site.token("counted")
    assert "gatehouse_tokens_expiring 1" in gate.ask(target="/metrics")[2].decode()


def test_a_unix_socket_is_its_groups(site, request, tmp_path):
    path = tmp_path / "gate.sock"
    gate = Gate(site, "--listen", f"unix:{path}", "--socket-mode", "660")
    request.addfinalizer(gate.stop)
    # It is its owner's alone between bind and chmod; the other address may answer before that.
    wait_until(lambda: path.exists() and path.stat().st_mode & 0o777 == 0o660, "the socket's mode")
    value, _ = site.token("by socket")
    ask = ["curl", "-s", "-o", "-", "-w", "%{http_code}", "--unix-socket", path,
           "-H", f"Authorization: Bearer {value}", "http://gate/auth/api/o"]
    assert subprocess.run(ask, capture_output=True, text=True).stdout == "200"
    # Nobody takes the place of one that answers; what a crash left is no hindrance.
    other = subprocess.run([GATEHOUSE, "--database", site.database, "serve", "--listen",
                            f"unix:{path}"], capture_output=True, text=True, timeout=20)
    assert other.returncode == 69 and "Another process listens" in other.stderr
    gate.stop(signal.SIGKILL)
    assert path.exists()
    gate.start()
    assert subprocess.run(ask, capture_output=True, text=True).stdout == "200"
    gate.stop()
    assert not path.exists()


def test_what_is_refused_is_named_within_a_second(site, gate):
    site.run("account", "add", "build-bot", "--kind", "service", "--role", site.role("use-api"))
    site.legacy_key(KEY, owner="build-bot", label="ci-deploy")
    assert gate.ask({"rest-api-key": KEY})[0] == 200
    site.run("level", "set", "high", "--stay", "--confirm", "high", "--reason", "to see")
    for _ in range(3):
        assert gate.ask({"rest-api-key": KEY}, source="192.0.2.9")[0] == 401
    assert gate.status("not a token of ours") == 401
    rows = wait_until(lambda: len(found := site.json("refusals")) == 2 and found, "telling", 2)
    by_reason = {row["reason"]: row for row in rows}
    named = by_reason["method_refused"]
    assert (named["caller"], named["times"], named["source"], named["method"], named["path"]) == (
        "build-bot ci-deploy", 3, "192.0.2.9", "legacy_key", "/api/orders")
    unknown = by_reason["credential_invalid"]
    assert unknown["caller"] == "not known"
    assert unknown["last_accepted_from_source"]["caller"] == "build-bot ci-deploy"
    assert site.json("refusals", "ci-dep")[0]["reason"] == "method_refused"
    assert site.json("refusals", "nobody") == []
    usage = {row["method"]: row["requests"] for row in site.json("usage")}
    assert usage == {"legacy_key": 1}
    assert site.json("usage", "--by", "account")[0]["name"] == "build-bot"
    reasons = {row["name"]: row["requests"] for row in site.json("usage", "--by", "reason")}
    assert reasons == {"method_refused": 3, "credential_invalid": 1}
