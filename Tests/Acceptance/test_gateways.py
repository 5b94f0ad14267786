"""Real gateways with the samples as they are, but for the addresses: in front of an API, behind them
the gate."""

import datetime
import http.client
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import sys
import time

import pytest

from conftest import IDENTITY, SAMPLES, Gate, Site, free_port, listens, wait_until

BIN = pathlib.Path(sys.executable).parent


class Gateway:
    """One gateway; `bearer_only` are those that introspect."""

    bearer_only = False
    # For how many seconds it may act on an earlier answer.
    memory = 0
    unavailable = {503}

    def __init__(self, folder, gate, api):
        self.folder, self.gate, self.api = folder, gate, api
        self.port = free_port()
        self.log = folder / "log"

    def sample(self, name, **changes):
        text = (SAMPLES / name).read_text()
        for old, new in [("8484", self.gate.port), ("9000", self.api.port), ("8080", self.port)]:
            text = re.sub(rf"(127\.0\.0\.1:|port_value: ){old}\b", rf"\g<1>{new}", text)
        for old, new in changes.items():
            assert old in text, f"{name} has no {old}"
            text = text.replace(old, new)
        path = self.folder / pathlib.Path(name).name
        path.write_text(text)
        return path

    def start(self):
        words = [str(word) for word in self.command()]
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(words, stdout=log, stderr=log, cwd=self.folder,
                                            env={**os.environ, "HOME": str(self.folder)})
        wait_until(lambda: listens(self.port) or self.process.poll() is not None, "opening")
        assert self.process.poll() is None, self.log.read_text()
        return self

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()

    # The address that clients come from; None is the gateway's own.
    source = None

    def ask(self, path="/api/orders", method="GET", body=None, timeout=30, **headers):
        connection = http.client.HTTPConnection(
            "127.0.0.1", self.port, timeout=timeout,
            source_address=self.source and (self.source, 0))
        # As it is: the client library must not mend the path.
        connection.putrequest(method, path, skip_accept_encoding=True)
        for name, value in headers.items():
            connection.putheader(name.replace("_", "-"), value)
        if body is not None:
            connection.putheader("Content-Length", str(len(body)))
        connection.endheaders(body)
        reply = connection.getresponse()
        data = reply.read()
        connection.close()
        return reply.status, reply.headers, data

    def status(self, token, **options):
        return self.ask(Authorization=f"Bearer {token}", **options)[0]


class Nginx(Gateway):
    def command(self):
        site = self.sample("nginx/gatehouse.conf")
        main = self.folder / "nginx.conf"
        main.write_text(
            f"daemon off; master_process off; pid {self.folder}/pid; error_log {self.folder}/error;"
            "events {}"
            f"http {{ access_log off; client_body_temp_path {self.folder}/b;"
            f"proxy_temp_path {self.folder}/p; fastcgi_temp_path {self.folder}/f;"
            f"uwsgi_temp_path {self.folder}/u; scgi_temp_path {self.folder}/s; include {site}; }}")
        return ["nginx", "-p", self.folder, "-c", main]


class Caddy(Gateway):
    def command(self):
        path = self.sample("caddy/Caddyfile")
        # The administration's port is one for all of a machine.
        path.write_text("{\n\tadmin off\n}\n" + path.read_text())
        return [BIN / "caddy", "run", "--adapter", "caddyfile", "--config", path]


class HAProxy(Gateway):
    def command(self):
        self.sample("haproxy/gatehouse.lua")
        return ["haproxy", "-db", "-f", self.sample("haproxy/haproxy.cfg")]


class Envoy(Gateway):
    def command(self):
        return [BIN / "envoy", "-c", self.sample("envoy/envoy.yaml"), "--base-id", str(self.port),
                "--concurrency", "1", "--log-level", "warning"]


class Apache(Gateway):
    bearer_only = True
    module, more = "", []
    unavailable = {401, 500, 502, 503}

    def changes(self):
        return {}

    def command(self):
        made = self.gate.site.json("client", "add", f"apache {self.module}")
        path = self.sample(f"apache/{self.name}.conf", **{
            "CLIENT_ID": made["client_id"], "CLIENT_SECRET": made["secret"], **self.changes()})
        modules = pathlib.Path("/usr/lib/apache2/modules")
        main = self.folder / "apache2.conf"
        names = ["mpm_event", "authn_core", "authz_core", "authz_user", "headers", "proxy",
                 "proxy_http", *self.more, self.module]
        main.write_text("".join(f"LoadModule {name}_module {modules}/mod_{name}.so\n" for name in names)
                        + f"ServerRoot {self.folder}\nServerName localhost\nPidFile {self.folder}/pid\n"
                        f"ErrorLog {self.folder}/error\nLogLevel warn\nInclude {path}\n")
        return ["apache2", "-f", main, "-DFOREGROUND"]


class ApacheOpenIDC(Apache):
    module, name, more = "auth_openidc", "auth_openidc", ["ssl"]

    def changes(self):
        certificate, key = self.folder / "certificate.pem", self.folder / "key.pem"
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
                        "ec_paramgen_curve:P-256", "-nodes", "-subj", "/CN=localhost", "-days", "1",
                        "-keyout", key, "-out", certificate], check=True, capture_output=True)
        return {"/etc/ssl/certs/ssl-cert-snakeoil.pem": str(certificate),
                "/etc/ssl/private/ssl-cert-snakeoil.key": str(key),
                "127.0.0.1:8443": f"127.0.0.1:{free_port()}"}


class ApacheOAuth2(Apache):
    module, name = "oauth2", "oauth2"
    memory = 2


KEY = "legacy-key-behind-gateways"


@pytest.fixture(scope="module", params=[Nginx, Caddy, HAProxy, Envoy, ApacheOpenIDC, ApacheOAuth2])
def gateway(request, tmp_path_factory, api):
    folder = tmp_path_factory.mktemp(request.param.__name__)
    site = Site(folder / "site")
    role = site.role("use-api", name="Ops")
    site.run("account", "add", "bot", "--kind", "service", "--role", role)
    site.legacy_key(KEY, owner="bot", label="old")
    gate = Gate(site)
    request.addfinalizer(gate.stop)
    gateway = request.param(folder, gate, api).start()
    request.addfinalizer(gateway.stop)
    gateway.token, gateway.token_id = site.token("for bot", "--for", "bot")
    return gateway


def identity(data):
    """The identity that the API was told, and all it was told under such names."""
    headers = json.loads(data)["headers"]
    names = [name for name, _ in headers]
    told = {name: [v for n, v in headers if n.lower() == f"x-auth-{name.lower()}"] for name in IDENTITY}
    return told, [n for n in names if re.match(r"x[-_]auth[-_]", n, re.I)]


def test_allowed_with_an_identity(gateway):
    status, _, data = gateway.ask(Authorization=f"Bearer {gateway.token}")
    assert status == 200
    told, _ = identity(data)
    assert told["Subject"] == ["bot"] and told["Method"] == ["bearer"]
    assert told["Key-Id"] == [gateway.token_id]
    assert told["Client"][0] in ("for%20bot", "for bot")
    # Credentials end at the gateway.
    assert gateway.token not in data.decode()


def test_a_body_reaches_the_api(gateway):
    status, _, data = gateway.ask(method="POST", body=b"an order", path="/api/orders?x=%2F",
                                  Authorization=f"Bearer {gateway.token}")
    assert status == 200
    sent = json.loads(data)
    assert (sent["method"], sent["path"], sent["body"]) == ("POST", "/api/orders?x=%2F", "an order")


def test_refused_with_one_challenge(gateway):
    for headers in [{}, {"Authorization": "Bearer unknown"}, {"Authorization": "Bearer"}]:
        before = len(gateway.api.seen)
        status, told, _ = gateway.ask(**headers)
        assert status == 401
        assert len(told.get_all("WWW-Authenticate") or []) <= 1
        if not gateway.bearer_only:
            assert told["WWW-Authenticate"].startswith("Bearer realm=")
        assert len(gateway.api.seen) == before


def test_legacy_keys(gateway):
    if gateway.bearer_only:
        pytest.skip("introspection knows Bearer tokens only")
    status, _, data = gateway.ask(rest_api_key=KEY)
    assert status == 200
    told, _ = identity(data)
    assert told["Method"] == ["legacy_key"] and told["Client"] == ["old"]
    assert KEY not in data.decode()
    assert gateway.ask(rest_api_key="unknown")[0] == 401


def test_callers_of_legacy_methods_learn_of_the_cut_over(gateway):
    if gateway.bearer_only:
        pytest.skip("introspection knows Bearer tokens only")
    site = gateway.gate.site
    site.run("cutover", "set", "2099-03-31")
    try:
        # What a client says of it is not passed on, to nobody.
        spoofed = {"Deprecation": "@1", "Sunset": "never", "Link": "<http://elsewhere/>"}
        status, told, data = gateway.ask(rest_api_key=KEY, **spoofed)
        assert status == 200
        announced = site.json("cutover", "show")["announced_at"]
        at = int(datetime.datetime.fromisoformat(announced.replace("Z", "+00:00")).timestamp())
        assert told.get_all("Deprecation") == [f"@{at}"]
        assert told.get_all("Sunset") == ["Tue, 31 Mar 2099 00:00:00 GMT"]
        assert told["Link"].startswith('<http://localhost:8484/help#cut-over>; rel="deprecation"')
        # A legacy key that is refused is told as well; one with a token is told nothing.
        status, told, _ = gateway.ask(rest_api_key="unknown")
        assert (status, told["Sunset"]) == (401, "Tue, 31 Mar 2099 00:00:00 GMT")
        status, told, _ = gateway.ask(Authorization=f"Bearer {gateway.token}", **spoofed)
        assert status == 200
        assert not {"Deprecation", "Sunset", "Link"} & set(told)
    finally:
        site.run("cutover", "off")
    told = gateway.ask(rest_api_key=KEY)[1]
    assert not {"Deprecation", "Sunset", "Link"} & set(told)


def test_H10_a_spoofed_identity_does_not_arrive(gateway):
    spoofed = {f"X-Auth-{name}": "admin" for name in IDENTITY}
    status, _, data = gateway.ask(Authorization=f"Bearer {gateway.token}", **spoofed,
                                  x_auth_subject="admin")
    assert status == 200
    told, _ = identity(data)
    assert "admin" not in [value for values in told.values() for value in values]
    assert told["Subject"] == ["bot"]
    headers = {"X_Auth_Subject": "admin", "X_Auth_Roles": "admin"}
    connection = http.client.HTTPConnection("127.0.0.1", gateway.port, timeout=20)
    connection.putrequest("GET", "/api/orders")
    connection.putheader("Authorization", f"Bearer {gateway.token}")
    for name, value in headers.items():
        connection.putheader(name, value)
    connection.endheaders()
    reply = connection.getresponse()
    data = reply.read()
    assert b'"X_Auth' not in data and b"admin" not in data


def test_H10_ours_that_is_empty_erases_theirs(gateway):
    if gateway.bearer_only:
        pytest.skip("introspection knows Bearer tokens only")
    # A password has neither client nor key id.
    gateway.gate.site.password("bot", "correct horse battery")
    import base64
    value = base64.b64encode(b"bot:correct horse battery").decode()
    status, _, data = gateway.ask(Authorization=f"Basic {value}", X_Auth_Client="admin",
                                  X_Auth_Key_Id="admin")
    assert status == 200
    told, _ = identity(data)
    assert told["Client"] in ([""], []) and told["Key-Id"] in ([""], [])


def test_H08_forwarded_headers_of_a_client_say_nothing(gateway):
    status, _, data = gateway.ask(
        path="/api/orders", Authorization=f"Bearer {gateway.token}", X_Forwarded_Method="GET",
        X_Forwarded_Uri="/allowed", X_Original_URI="/allowed", X_Forwarded_For="10.9.9.9")
    assert status == 200
    if not gateway.bearer_only:
        rows = gateway.gate.site.json("token", "show", gateway.token_id)
        assert "10.9.9.9" not in json.dumps(rows)


@pytest.mark.parametrize("path", ["/api/../admin", "/api/%2e%2e/admin", "/api//admin", "/api/%2Fadmin",
                                  "/api;x/admin", "/api/%00", "/api/%252e"])
def test_H09_paths_with_two_readings_do_not_arrive_as_they_are(gateway, path):
    before = len(gateway.api.seen)
    status, _, data = gateway.ask(path=path, Authorization=f"Bearer {gateway.token}")
    if gateway.bearer_only:
        # The gate is not told the path; Apache's own rules must hold.
        assert status in (200, 400, 403, 404)
    else:
        assert status in (400, 403), data
        assert len(gateway.api.seen) == before


def test_only_reading(gateway):
    value, _ = gateway.gate.site.token("reader", "--for", "bot", "--read-only")
    assert gateway.status(value) == 200
    assert gateway.status(value, method="POST", body=b"") in (401, 403)


def test_revoked_at_the_next_request(gateway):
    value, id_ = gateway.gate.site.token("to revoke", "--for", "bot")
    assert gateway.status(value) == 200
    gateway.gate.site.run("token", "revoke", id_)
    if gateway.memory:
        wait_until(lambda: gateway.status(value) == 401, "forgetting", gateway.memory + 1)
    assert gateway.status(value) == 401


def test_the_gate_stopped_slow_killed_and_back(gateway):
    assert gateway.status(gateway.token) == 200
    time.sleep(gateway.memory)
    before = len(gateway.api.seen)
    gateway.gate.pause()
    status = gateway.status(gateway.token, timeout=40)
    gateway.gate.process.send_signal(signal.SIGCONT)
    assert status in gateway.unavailable | {504}
    gateway.gate.stop(signal.SIGKILL)
    status, headers, _ = gateway.ask(Authorization=f"Bearer {gateway.token}", timeout=40)
    assert status in gateway.unavailable
    assert len(gateway.api.seen) == before
    gateway.gate.start()
    wait_until(lambda: gateway.status(gateway.token) == 200, "being back")
