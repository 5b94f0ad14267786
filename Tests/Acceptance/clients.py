"""Clients of every kind for a sample site: two legacy keys, two passwords of which one is an essential
integration's, and a Bearer token. Run by itself it makes such a site and calls the gate every second:

    clients.py GATEHOUSE DATABASE PORT
"""

import base64
import contextlib
import http.client
import json
import subprocess
import sys
import time

PASSWORD = "correct horse battery"


def join(run):
    """Adds them with `run(*words, text=None)`; returns the headers that each sends, by its name."""
    clients = {}
    run("role", "add", "Demo clients")
    run("role", "grant", "Demo clients", "use-api")
    for name in ["nightly", "wiki", "crm", "scanner", "deploy"]:
        run("account", "add", f"demo-{name}", "--kind", "service", "--contact", "root", "--role",
            "Demo clients")
    for name in ["nightly", "wiki"]:
        run("key", "import", "-",
            text=f"key,owner,label\nkey-of-{name},demo-{name},{name}\n")
        clients[f"demo-{name} {name}"] = {"rest-api-key": f"key-of-{name}"}
    for name in ["crm", "scanner"]:
        run("account", "password", f"demo-{name}", text=PASSWORD + "\n")
        pair = base64.b64encode(f"demo-{name}:{PASSWORD}".encode()).decode()
        clients[f"demo-{name}"] = {"Authorization": f"Basic {pair}"}
    run("integration", "add", "demo-scanner", "--purpose", "Scans the network", "--network",
        "127.0.0.0/8", "--contact", "root", "--review", "2099-01-01")
    made = json.loads(run("token", "create", "deploy", "--for", "demo-deploy", "--json"))
    clients["demo-deploy deploy"] = {"Authorization": f"Bearer {made['token']}"}
    return clients


def call(port, headers):
    """Asks the gate as a gateway would for a caller at 127.0.0.2."""
    sent = {"X-Forwarded-Method": "GET", "X-Forwarded-Uri": "/api/orders",
            "X-Forwarded-For": "127.0.0.2", "User-Agent": "demo/1"}
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    with contextlib.closing(connection):
        connection.request("GET", "/auth", headers={**sent, **headers})
        reply = connection.getresponse()
        body = reply.read()
        return reply.status, json.loads(body)["error"] if body else "allowed", reply.headers


def main(gatehouse, database, port):
    def run(*words, text=None):
        return subprocess.run([gatehouse, "--database", database, "--account", "root", *words],
                              input=text, capture_output=True, text=True, check=True).stdout

    run("bearer", "enable")
    clients = join(run)
    while True:
        print("\033[H\033[2JWho calls, each second:\n")
        for name, headers in clients.items():
            try:
                status, reason, told = call(port, headers)
            except OSError as error:
                status, reason, told = "---", error.strerror or str(error), {}
            again = f", again in {told['Retry-After']} s" if told.get("Retry-After") else ""
            sunset = f", ends {told['Sunset'][5:16]}" if told.get("Sunset") else ""
            print(f"  {status}  {name:22}{reason}{again}{sunset}")
        time.sleep(1)


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
