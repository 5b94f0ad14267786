"""CASES.md H01–H13 through the running service."""

import base64
import contextlib
import random
import socket
import time

import pytest

HEAD = (b"GET /auth HTTP/1.1\r\nHost: g\r\nX-Forwarded-Method: GET\r\nX-Forwarded-Uri: /api/o\r\n"
        b"X-Forwarded-For: 192.0.2.7\r\n")


@pytest.fixture(scope="module")
def token(shared):
    return shared.site.token("http")[0]


def status(reply):
    return int(reply.split()[1]) if reply else None


def answers(reply):
    return reply.count(b"HTTP/1.1 ")


def ask(gate, *lines):
    return gate.raw(HEAD + b"".join(line + b"\r\n" for line in lines) + b"Connection: close\r\n\r\n")


def test_H01_two_authorizations(shared, token):
    one, other = f"Authorization: Bearer {token}".encode(), b"Authorization: Bearer other"
    for lines in [(one, other), (other, one), (one, one)]:
        assert status(ask(shared, *lines)) == 401
    for value in [f"Bearer {token},Bearer {token}", f"Bearer {token}, Bearer x", f"Bearer,Basic {token}"]:
        reply = ask(shared, f"Authorization: {value}".encode())
        assert status(reply) == 401 and b"credential_ambiguous" in reply
    assert status(ask(shared, one, b"rest-api-key: anything")) == 401
    assert status(ask(shared, one)) == 200


def test_H02_the_scheme(shared, token):
    for scheme in ["bearer", "BEARER", "BeArEr"]:
        assert shared.ask({"Authorization": f"{scheme} {token}"})[0] == 200
    for value in ["Bearer", "Bearer ", f"Bearer\t{token}", f"Bearer  {token}", f"Bearer {token}!",
                  f"Bearer {token} x", "Bearer ====", "Bearer ä"]:
        reply = ask(shared, b"Authorization: " + value.encode())
        assert status(reply) == 401, value
        assert reply.lower().count(b"www-authenticate:") == 1
    # Nobody presented anything: no error code (RFC 6750 section 3.1).
    reply = ask(shared)
    assert status(reply) == 401 and b'WWW-Authenticate: Bearer realm="api"\r\n' in reply


def test_H03_a_token_elsewhere(shared, token):
    assert shared.ask(uri=f"/api/o?access_token={token}")[0] == 401
    assert shared.ask(target=f"/auth?access_token={token}")[0] == 401
    assert shared.ask({"Cookie": f"access_token={token}"})[0] == 401
    body = f"access_token={token}"
    assert shared.ask({"Content-Type": "application/x-www-form-urlencoded"}, verb="POST",
                      method="POST", body=body)[0] == 401


@pytest.mark.parametrize("value", [
    base64.b64encode(b"no-colon"), b"!!!!", base64.b64encode(b"\xff\xfe:x"),
    base64.b64encode(b"root:\0"), base64.b64encode(b"root:" + b"x" * 10_000),
    base64.b64encode(b"root:"), base64.b64encode(b":x"), b"", b"cm9vdDp4=", b"cm9v dDp4"])
def test_H04_malformed_basic(shared, value):
    assert status(ask(shared, b"Authorization: Basic " + value)) == 401


@pytest.mark.parametrize("request_", [
    b"POST /oauth2/introspect HTTP/1.1\r\nHost: g\r\nContent-Length: 4\r\n"
    b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /healthz HTTP/1.1\r\nHost: g\r\n\r\n",
    b"POST /oauth2/introspect HTTP/1.1\r\nHost: g\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\nabcde",
    HEAD + b"X-Folded: a\r\n b\r\n\r\n",
    HEAD.replace(b"\r\n", b"\n") + b"\n",
    HEAD + b"Authorization : Bearer x\r\n\r\n",
    b"POST /oauth2/introspect HTTP/1.1\r\nHost: g\r\nTransfer-Encoding: chunked\r\n\r\n"
    b"fffffffffffffffff\r\nabc\r\n0\r\n\r\n",
], ids=["CL+TE", "two CL", "obs-fold", "bare LF", "blank before colon", "chunk overflow"])
def test_H05_smuggling(shared, request_):
    reply = shared.raw(request_)
    assert status(reply) == 400 and answers(reply) == 1


def test_H06_too_large(shared):
    assert status(shared.raw(HEAD + b"X-Big: " + b"a" * (64 << 10) + b"\r\n\r\n")) == 431
    many = b"".join(b"X-%d: a\r\n" % number for number in range(1000))
    assert status(shared.raw(HEAD + many + b"\r\n")) == 431
    assert status(shared.raw(b"GET /" + b"a" * (64 << 10) + b" HTTP/1.1\r\nHost: g\r\n\r\n")) in (414, 431)
    assert status(shared.raw(b"GET /" + b"a" * (9 << 10) + b" HTTP/1.1\r\nHost: g\r\n\r\n")) == 414


def test_H07_slow_sockets(shared, token):
    slow = []
    with contextlib.ExitStack() as stack:
        for _ in range(500):
            one = stack.enter_context(socket.create_connection(("127.0.0.1", shared.port)))
            one.sendall(HEAD[:40])
            slow.append(one)
        begun = time.monotonic()
        left = set(slow)
        while left and time.monotonic() - begun < 12:
            assert shared.status(token) == 200
            for one in list(left):
                try:
                    # One byte now and then keeps no socket open.
                    one.send(b"X")
                    one.settimeout(0.001)
                    if not one.recv(100):
                        left.discard(one)
                except TimeoutError:
                    pass
                except OSError:
                    left.discard(one)
        assert not left
        assert time.monotonic() - begun <= 12


def test_H08_forwarded_headers(shared, token):
    good = f"Authorization: Bearer {token}".encode()
    assert shared.status(token, method=None) == 403
    assert shared.status(token, uri=None) == 403
    for line in [b"X-Forwarded-Method: POST", b"X-Forwarded-Method: GET", b"X-Forwarded-Uri: /other",
                 b"X-Forwarded-Uri: /api/o"]:
        assert status(ask(shared, good, line)) == 403
    # What other gateways call it is not read.
    reply = shared.raw(
        b"GET /auth HTTP/1.1\r\nHost: g\r\nX-Original-URI: /a\r\nX-Original-Method: GET\r\n"
        + good + b"\r\nConnection: close\r\n\r\n")
    assert status(reply) == 403 and b"request_unsafe" in reply
    assert status(ask(shared, good, b"X-Original-URI: /../secret")) == 200
    # By path the method and the target are the request's own.
    assert shared.ask({"Authorization": f"Bearer {token}"}, target="/auth/api/o", method=None,
                      uri="/../ignored")[0] == 200
    assert shared.ask({"Authorization": f"Bearer {token}"}, target="/auth/../o")[0] == 403


def test_H08_from_an_unlisted_peer(site, request):
    from conftest import Gate
    gate = Gate(site, "--peer", "192.0.2.0/24")
    request.addfinalizer(gate.stop)
    value, _ = site.token("unlisted")
    assert gate.status(value) == 403
    assert gate.ask({"Authorization": f"Bearer {value}"}, target="/auth/api/o")[0] == 403


@pytest.mark.parametrize("path", [
    "/a/../b", "/a/%2e%2e/b", "/a%2Fb", "/a//b", "/a;x", "/..;/a", "/a%00", "/a%252e", "/a\\b",
    "/a%5cb", "/a/.", "/a/b.", "http://other/a", "a", "", "*", "/a%zz", "/ä", "/a%0d%0a"])
def test_H09_paths_with_two_readings(shared, token, path):
    reply = ask_uri(shared, token, path)
    assert status(reply) == 403 and answers(reply) == 1
    assert status(ask_uri(shared, token, "/a/b.json?x=../y//z;%00")) == 200


def ask_uri(gate, token, uri):
    return gate.raw(
        b"GET /auth HTTP/1.1\r\nHost: g\r\nX-Forwarded-Method: GET\r\nX-Forwarded-Uri: "
        + uri.encode() + f"\r\nAuthorization: Bearer {token}\r\nConnection: close\r\n\r\n".encode())


class Client:
    def __init__(self, gate, *options):
        made = gate.site.json("client", "add", f"client {random.random()}", *options)
        self.gate, self.id, self.secret = gate, made["client_id"], made["secret"]

    @property
    def basic(self):
        return "Basic " + base64.b64encode(f"{self.id}:{self.secret}".encode()).decode()

    def post(self, path, form, headers=None):
        return self.gate.ask(
            {"Content-Type": "application/x-www-form-urlencoded", "Authorization": self.basic}
            if headers is None else headers, verb="POST", target=path, body=form)


def test_H11_introspection(shared, token):
    client = Client(shared)
    kind, headers, body = client.post("/oauth2/introspect", f"token={token}")
    assert kind == 200 and b'"active":true' in body and b'"token_type":"Bearer"' in body
    posted = f"token={token}&client_id={client.id}&client_secret={client.secret}"
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    assert client.post("/oauth2/introspect", posted, form)[2] == body
    # Bad callers, one answer.
    wrong = "Basic " + base64.b64encode(f"{client.id}:wrong".encode()).decode()
    bad = [form, form | {"Authorization": wrong}, form | {"Authorization": "Basic !"},
           form | {"Authorization": f"Bearer {token}"}]
    refusals = [client.post("/oauth2/introspect", f"token={token}", headers) for headers in bad]
    assert all(r[0] == 401 and r[1]["WWW-Authenticate"].startswith("Basic") for r in refusals)
    assert len({r[2] for r in refusals}) == 1
    assert shared.ask(target="/oauth2/introspect")[0] == 405
    # Each cause of inactive has the same bytes.
    revoked, id_ = shared.site.token("to revoke")
    shared.site.run("token", "revoke", id_)
    causes = ["token=unknown", f"token={revoked}", f"token={token}x", "token=%00"]
    bodies = {client.post("/oauth2/introspect", form)[::2] for form in causes}
    assert bodies == {(200, b'{"active":false}\n')}
    assert client.post("/oauth2/introspect", "nothing=here")[0] == 400
    assert client.post("/oauth2/introspect", "token=a&token=b")[0] == 400


def test_H12_of_another_audience(shared, token):
    client = Client(shared, "--audience", "another")
    assert client.post("/oauth2/introspect", f"token={token}")[::2] == (200, b'{"active":false}\n')


def test_H13_revocation(shared):
    client, stranger = Client(shared), Client(shared, "--audience", "another")
    value, id_ = shared.site.token("for revocation")
    assert client.post("/oauth2/revoke", "token=unknown")[0] == 200
    assert client.post("/oauth2/revoke", f"token={value}", {})[0] == 401
    assert stranger.post("/oauth2/revoke", f"token={value}")[0] == 200
    assert shared.status(value) == 200
    assert client.post("/oauth2/revoke", f"token={value}")[0] == 200
    assert shared.status(value) == 401
    assert id_ in shared.ask(target="/revoked.txt")[2].decode().split()
    told = [row for row in shared.site.json("audit", "list") if row["action"] == "token.revoke"]
    assert told[-1]["through"] == "gate" and client.id in told[-1]["source"]


def test_the_list_of_revoked_tokens_is_fetched_once(shared):
    kind, headers, _ = shared.ask(target="/revoked.txt")
    assert kind == 200 and "max-age" in headers["Cache-Control"]
    again = shared.ask({"If-None-Match": headers["ETag"]}, target="/revoked.txt")
    assert again[0] == 304 and again[2] == b""


def test_a_body_is_never_waited_for(shared, token):
    begun = time.monotonic()
    reply = shared.raw(
        HEAD.replace(b"HTTP/1.1", b"HTTP/1.0")
        + f"Authorization: Bearer {token}\r\nContent-Length: 5\r\n\r\n".encode())
    assert status(reply) == 200 and time.monotonic() - begun < 4


def test_requests_of_one_connection_are_answered_in_order(shared, token):
    good = HEAD + f"Authorization: Bearer {token}\r\n".encode()
    page = b"GET /readyz HTTP/1.1\r\nHost: g\r\n\r\n"
    bad = HEAD + b"Authorization: Bearer x\r\n"
    reply = shared.raw(good + b"\r\n" + page + bad + b"\r\n" + page + good
                       + b"Connection: close\r\n\r\n")
    found = [int(part.split()[0]) for part in reply.split(b"HTTP/1.1 ")[1:]]
    assert found == [200, 200, 401, 200, 200]


def test_2_000_generated_requests_break_nothing(shared, token):
    """Pieces of good and bad requests at random: no 5xx, none allowed, the gate goes on."""
    draw = random.Random(2000)
    pieces = [b"GET ", b"POST ", b"/auth", b"/auth/a", b"/oauth2/introspect", b" HTTP/1.1\r\n",
              b" HTTP/1.0\r\n", b"Host: g\r\n", b"Content-Length: 3\r\n", b"Content-Length: -1\r\n",
              b"Transfer-Encoding: chunked\r\n", b"Authorization: Bearer \xff\r\n",
              b"X-Forwarded-Uri: /a\r\n", b"X-Forwarded-Method: GET\r\n", b"\r\n", b"\n", b"\0",
              b"abc", b"Expect: 100-continue\r\n", b"5\r\nhello\r\n", b"0\r\n\r\n"]
    before = shared.resident()
    for number in range(2000):
        count = draw.randint(1, 12)
        data = b"".join(draw.choice(pieces) for _ in range(count))
        if draw.random() < 0.7:
            data = b"GET /auth HTTP/1.1\r\nHost: g\r\n" + data + b"\r\n\r\n"
        with socket.create_connection(("127.0.0.1", shared.port), 5) as connection:
            with contextlib.suppress(ConnectionError):
                connection.sendall(data)
                connection.shutdown(socket.SHUT_WR)
            reply = b""
            with contextlib.suppress(ConnectionError):
                while chunk := connection.recv(65536):
                    reply += chunk
        for part in reply.split(b"HTTP/1.1 ")[1:]:
            assert part[:3] in (b"400", b"401", b"403", b"404", b"405", b"413", b"414", b"431"), data
    assert shared.status(token) == 200
    assert shared.resident() - before < 20 << 20
