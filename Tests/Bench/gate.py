"""Measures the gate with wrk, alternately with nginx on the same cores. Prints ratios of medians.

    gate.py GATEHOUSE BENCH    the release binary, and the folder that holds site-1000 and site-1000000
"""

import contextlib
import json
import os
import pathlib
import re
import shutil
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request

GATEHOUSE, BENCH = sys.argv[1], pathlib.Path(sys.argv[2])
ROUNDS, SECONDS, CREDENTIALS, KEYS = 3, 5, 64, 200_000

NGINX = """
worker_processes 2; daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log;
events {{ worker_connections 1024; }}
http {{
  access_log off; keepalive_requests 1000000000;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  upstream gate {{ server unix:{folder}/gate.sock; keepalive 64; keepalive_requests 1000000000; }}
  upstream api {{ server unix:{folder}/api.sock; keepalive 64; keepalive_requests 1000000000; }}
  proxy_http_version 1.1; proxy_set_header Connection "";
  server {{ listen 127.0.0.1:{bare}; location / {{ return 204; }} }}
  server {{ listen unix:{folder}/api.sock; location / {{ return 200 "{{}}"; }} }}
  server {{
    listen 127.0.0.1:{front};
    location /open/ {{ proxy_pass http://api; }}
    location /api/ {{ auth_request /auth; proxy_pass http://api; }}
    location = /auth {{
      internal; proxy_pass http://gate; proxy_pass_request_body off;
      proxy_set_header Content-Length ""; proxy_set_header Connection "";
      proxy_set_header X-Forwarded-Method $request_method;
      proxy_set_header X-Forwarded-Uri $request_uri;
      proxy_set_header X-Forwarded-For $remote_addr;
    }}
  }}
}}
"""

# Each request presents another credential, in turn.
SCRIPT = """
local lines = {}
for line in io.lines(os.getenv("CREDENTIALS")) do lines[#lines + 1] = line end
local requests, at = {}, 0
function init()
  for i, line in ipairs(lines) do
    requests[i] = wrk.format("GET", nil, {
      ["Authorization"] = "Bearer " .. line, ["X-Forwarded-Method"] = "GET",
      ["X-Forwarded-Uri"] = "/api/orders", ["X-Forwarded-For"] = "192.0.2.7" })
  end
end
function request() at = at % #requests + 1 return requests[at] end
"""


def main():
    with contextlib.ExitStack() as stack:
        folder = pathlib.Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="gate")))
        folder.chmod(0o755)
        (folder / "wrk.lua").write_text(SCRIPT)
        million = Gate(stack, folder, 1_000_000, f"unix:{folder}/gate.sock")
        thousand = Gate(stack, folder, 1_000)
        bare, front = free_port(), free_port()
        (folder / "nginx.conf").write_text(NGINX.format(folder=folder, bare=bare, front=front))
        start(stack, ["nginx", "-c", f"{folder}/nginx.conf", "-p", str(folder)])
        wait(lambda: connects(bare))
        os.chmod(folder / "gate.sock", 0o666)
        print(f"start of serve to ready, a million tokens: {million.ready * 1000:.0f} ms")

        def load(name, port, path, gate):
            return name, lambda: wrk(folder, f"http://127.0.0.1:{port}{path}", gate.tokens)

        figures = alternate([
            load("nginx return 204", bare, "/", million),
            load("/auth, a million", million.port, "/auth", million),
            load("/auth, a thousand", thousand.port, "/auth", thousand),
            load("proxied, no auth", front, "/open/orders", million),
            load("proxied, auth_request", front, "/api/orders", million),
        ])
        ratio(figures, "/auth, a million", "nginx return 204")
        ratio(figures, "proxied, auth_request", "proxied, no auth")
        ratio(figures, "/auth, a thousand", "/auth, a million")

        before, answered = million.cpu(), million.answered()
        wrk(folder, f"http://127.0.0.1:{million.port}/auth", million.tokens)
        spent = (million.cpu() - before) / (million.answered() - answered)
        print(f"CPU per request with cached facts: {spent * 1e6:.1f} us")

        quiet, noisy = [], []
        for _ in range(ROUNDS):
            quiet.append(wrk(folder, f"http://127.0.0.1:{million.port}/auth", million.tokens)[1])
            with revoking(million.database):
                noisy.append(
                    wrk(folder, f"http://127.0.0.1:{million.port}/auth", million.tokens)[1])
        print(f"p99 with 1,000 revocations a minute: {statistics.median(noisy):.2f} ms"
              f" against {statistics.median(quiet):.2f} ms without:"
              f" {statistics.median(noisy) / statistics.median(quiet):.2f}x")
        memory(stack, folder)


class Gate:
    """`gatehouse serve` on a copy of a measuring site, with some tokens that can be presented."""

    def __init__(self, stack, folder, count, *listen, prepare=lambda run: None):
        source = BENCH / f"site-{count}"
        self.folder = folder / f"site-{count}-{len(os.listdir(folder))}"
        shutil.copytree(source, self.folder)
        self.folder.chmod(0o700)
        self.database = self.folder / "gatehouse.db"
        self.tokens = self.folder / "tokens.txt"
        self.tokens.write_text("\n".join(
            self.run("token", "create", f"bench {i}").strip() for i in range(CREDENTIALS)) + "\n")
        prepare(self.run)
        self.port = free_port()
        addresses = [f"127.0.0.1:{self.port}", *listen]
        begun = time.monotonic()
        self.process = start(stack, [
            GATEHOUSE, "--database", str(self.database), "serve",
            *(word for address in addresses for word in ("--listen", address))])
        wait(lambda: self.get("/readyz"))
        self.ready = time.monotonic() - begun

    def run(self, *words, text=None):
        return subprocess.run(
            [GATEHOUSE, "--database", str(self.database), *words], input=text, check=True,
            capture_output=True, text=True).stdout

    def get(self, path):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=5) as reply:
                return reply.read().decode()
        except OSError:
            return ""

    def answered(self):
        lines = self.get("/metrics").splitlines()
        found = [line for line in lines if line.startswith("gatehouse_decisions_total")]
        return sum(float(line.split()[-1]) for line in found)

    def cpu(self):
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def resident(self):
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) * 1024


def memory(stack, folder):
    """What a remembered credential costs: legacy keys, since those can be brought by the thousand."""
    keys = [f"bench-key-{i:08d}-of-a-usual-length" for i in range(KEYS)]
    owner = json.loads(subprocess.run(
        [GATEHOUSE, "--database", str(BENCH / "site-1000/gatehouse.db"), "whoami", "--json"],
        check=True, capture_output=True, text=True).stdout)["login"]
    table = "key,owner,label\n" + "".join(f"{key},{owner},k{i}\n" for i, key in enumerate(keys))
    gate = Gate(stack, folder, 1_000, prepare=lambda run: run("key", "import", "-", text=table))
    header = json.loads(gate.run("property", "get", "LegacyKeyHeader", "--json"))["value"]
    head = ("GET /auth HTTP/1.1\r\nHost: a\r\nX-Forwarded-Method: GET\r\nX-Forwarded-Uri: /api/o\r\n"
            "X-Forwarded-For: 192.0.2.7\r\n" + header + ": ")
    # Twice, so that what counting and writing need is there before.
    half = KEYS // 2
    for _ in range(2):
        ask(gate.port, head, keys[:half])
        time.sleep(5)
    before = gate.resident()
    ask(gate.port, head, keys[half:])
    time.sleep(5)
    grown = gate.resident() - before
    print(f"memory per remembered credential: {grown / half:.0f} B of RSS")


def ask(port, head, keys):
    with socket.create_connection(("127.0.0.1", port)) as connection:
        replies = connection.makefile("rb")
        for key in keys:
            connection.sendall((head + key + "\r\n\r\n").encode())
            status = replies.readline()
            if b" 200 " not in status:
                sys.exit(f"A legacy key was answered {status!r}.")
            length = 0
            while (line := replies.readline().strip().lower()):
                if line.startswith(b"content-length:"):
                    length = int(line.split(b":")[1])
            replies.read(length)


@contextlib.contextmanager
def revoking(database):
    """Commits a revocation every 60 ms, as another process would."""
    stop = threading.Event()

    def work():
        connection = sqlite3.connect(database, isolation_level=None, timeout=5)
        rows = connection.execute(
            "SELECT id FROM token WHERE revokedAt IS NULL AND name LIKE 'token-%' LIMIT 5000"
        ).fetchall()
        for (row,) in rows:
            if stop.wait(0.06):
                return
            connection.execute(
                "UPDATE token SET revokedAt = ?, revokedBy = 'bench', revokedReason = '',"
                " holdsName = 0 WHERE id = ?", (int(time.time() * 1000), row))

    thread = threading.Thread(target=work)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def alternate(loads):
    figures = {name: [] for name, _ in loads}
    for _ in range(ROUNDS):
        for name, measure in loads:
            figures[name].append(measure())
    for name, rows in figures.items():
        rate, p99 = (statistics.median(column) for column in zip(*rows))
        print(f"{name}: {rate:,.0f} requests/s, p99 {p99:.2f} ms")
    return {name: statistics.median(rate for rate, _ in rows) for name, rows in figures.items()}


def ratio(figures, one, other):
    print(f"{one} / {other}: {figures[one] / figures[other]:.2f}")


def wrk(folder, url, tokens):
    """Requests a second, and the 99th percentile in ms; any other answer than a good one ends it."""
    text = subprocess.run(
        ["wrk", "-t1", "-c64", f"-d{SECONDS}s", "--latency", "-s", f"{folder}/wrk.lua", url],
        check=True, capture_output=True, text=True, env={**os.environ, "CREDENTIALS": str(tokens)},
    ).stdout
    if "Non-2xx" in text or "Socket errors" in text:
        sys.exit(f"{url}:\n{text}")
    value, unit = re.search(r"99%\s+([\d.]+)(us|ms|s)", text).groups()
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", text)[1])
    return rate, float(value) * {"us": 0.001, "ms": 1, "s": 1000}[unit]


def start(stack, words):
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    stack.callback(process.wait)
    stack.callback(process.terminate)
    return process


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def connects(port):
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
        return True
    return False


def wait(condition):
    deadline = time.monotonic() + 30
    while not condition():
        if time.monotonic() > deadline:
            sys.exit("A service did not start within 30 s.")
        time.sleep(0.002)


main()
