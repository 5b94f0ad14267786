"""A site in mode bearer, `gatehouse serve` in front of it, an API that tells what it was sent, and
the gateways between them, all on free ports of loopback and all of this test run alone."""

import contextlib
import http.client
import http.server
import json
import os
import pathlib
import signal
import socket
import subprocess
import threading
import time

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
GATEHOUSE = os.environ.get("GATEHOUSE", str(ROOT / ".build/debug/gatehouse"))
SAMPLES = ROOT / "Resources/gateways"
IDENTITY = ["Subject", "Client", "Key-Id", "Method", "Scopes", "Roles"]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until(condition, what, seconds=20):
    deadline = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < deadline, f"{what} did not happen within {seconds} s"
        time.sleep(0.01)
    return found


def listens(port):
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
        return True
    return False


class Site:
    """A database of its own, used through the command line."""

    def __init__(self, folder):
        self.folder = folder
        self.folder.mkdir(mode=0o700)
        self.database = folder / "gatehouse.db"
        self.run("init", "--admin", "root")
        self.run("bearer", "enable")

    def run(self, *words, text=None, account=None):
        done = subprocess.run(
            [GATEHOUSE, "--database", self.database, *(["--account", account] if account else []),
             *words], input=text, capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, f"{words}: {done.stderr}"
        return done.stdout.strip()

    def json(self, *words, **options):
        return json.loads(self.run(*words, "--json", **options))

    def token(self, name, *options):
        """The value and the id of a new token."""
        made = self.json("token", "create", name, *options)
        return made["token"], made["id"]

    def legacy_key(self, key, owner="root", label="old script"):
        self.run("key", "import", "-", text=f"key,owner,label\n{key},{owner},{label}\n")
        return key

    def password(self, login, password):
        self.run("account", "password", login, text=password + "\n")

    def role(self, *permissions, name="Callers"):
        self.run("role", "add", name)
        self.run("role", "grant", name, *permissions)
        return name


class Gate:
    """`gatehouse serve` in front of a site."""

    def __init__(self, site, *options, port=None):
        self.site, self.options = site, options
        self.port = port or free_port()
        self.log = site.folder / f"gate-{self.port}.log"
        self.start()

    def start(self):
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                [GATEHOUSE, "--database", self.site.database, "serve", "--listen",
                 f"127.0.0.1:{self.port}", *self.options], stdout=log, stderr=log)
        wait_until(lambda: listens(self.port) or self.process.poll() is not None, "the gate opening")
        assert self.process.poll() is None, self.log.read_text()

    def pause(self):
        """Stops it as it is; SIGCONT lets it go on. Until its last thread has stopped it answers."""
        self.process.send_signal(signal.SIGSTOP)
        os.waitpid(self.process.pid, os.WUNTRACED)

    def stop(self, how=signal.SIGTERM):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGCONT)
            self.process.send_signal(how)
        return self.process.wait(20)

    def ask(self, headers=None, method="GET", uri="/api/orders", source="192.0.2.7", target="/auth",
            body=None, verb="GET"):
        """Asks as a gateway does; returns status, headers and body."""
        sent = {"X-Forwarded-Method": method, "X-Forwarded-Uri": uri, "X-Forwarded-For": source}
        sent = {name: value for name, value in sent.items() if value is not None}
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        with contextlib.closing(connection):
            connection.request(verb, target, body=body, headers={**sent, **(headers or {})})
            reply = connection.getresponse()
            return reply.status, reply.headers, reply.read()

    def status(self, token, **options):
        return self.ask({"Authorization": f"Bearer {token}"}, **options)[0]

    def raw(self, data, timeout=5):
        """What comes back for these bytes until the gate ends the connection or says no more."""
        with socket.create_connection(("127.0.0.1", self.port), timeout) as connection:
            with contextlib.suppress(ConnectionError):
                connection.sendall(data)
            connection.settimeout(timeout)
            received = b""
            with contextlib.suppress(TimeoutError, ConnectionError):
                while chunk := connection.recv(65536):
                    received += chunk
            return received

    def resident(self):
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(status.split("VmRSS:")[1].split()[0]) * 1024


class API(http.server.ThreadingHTTPServer):
    """Answers every request with what it was sent."""

    daemon_threads = True

    def __init__(self):
        self.seen = []
        super().__init__(("127.0.0.1", 0), Echo)
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def port(self):
        return self.server_address[1]


class Echo(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self):
        length = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(length).decode()
        sent = {"method": self.command, "path": self.path, "headers": list(self.headers.items()),
                "body": body}
        self.server.seen.append(sent)
        text = json.dumps(sent).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(text)

    do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = do_OPTIONS = answer

    def log_message(self, *_):
        pass


@pytest.fixture
def site(tmp_path):
    return Site(tmp_path / "site")


@pytest.fixture
def gate(site):
    gate = Gate(site)
    yield gate
    gate.stop()


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    """A site and its gate for tests that change neither."""
    site = Site(tmp_path_factory.mktemp("shared") / "site")
    gate = Gate(site)
    yield gate
    gate.stop()


@pytest.fixture(scope="session")
def api():
    api = API()
    yield api
    api.shutdown()
