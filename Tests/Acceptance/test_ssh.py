"""Many people over SSH: a real sshd with the snippet of Resources/sshd, OpenSSH's own clients, and
every way past the console that CASES.md S01 to S05 name."""

import concurrent.futures
import contextlib
import fcntl
import getpass
import json
import os
import pathlib
import pty
import re
import select
import signal
import socket
import struct
import subprocess
import termios
import time

import pyte
import pytest

from conftest import GATEHOUSE, ROOT, Gate, Site, free_port, listens, wait_until


class SSHD:
    """An sshd of this test's own, on a free port of loopback."""

    def __init__(self, folder, site, under=()):
        self.folder, self.site = folder, site
        self.user, self.port = getpass.getuser(), free_port()
        folder.mkdir(mode=0o700)
        self.make_key("host")
        snippet = (ROOT / "Resources/sshd/gatehouse.conf").read_text()
        # env(1) belongs to root, as sshd wants of the command, wherever this checkout lies.
        command = f"/usr/bin/env {GATEHOUSE} --database {site.database}"
        for old, new in [("Match User gatehouse", f"Match User {self.user}"),
                         ("/usr/local/bin/gatehouse", command),
                         ("AuthorizedKeysCommandUser gatehouse", f"AuthorizedKeysCommandUser {self.user}")]:
            assert old in snippet
            snippet = snippet.replace(old, new)
        config = folder / "sshd_config"
        config.write_text(
            f"Port {self.port}\nListenAddress 127.0.0.1\nHostKey {folder}/host\nPidFile {folder}/pid\n"
            # A host's own configuration is more open than the snippet; Debian's has these lines.
            "UsePAM no\nX11Forwarding yes\nAcceptEnv *\nPermitUserEnvironment yes\n"
            f"Subsystem sftp /usr/lib/openssh/sftp-server\nPrintMotd no\n{snippet}")
        if os.getuid() == 0:
            os.makedirs("/run/sshd", mode=0o755, exist_ok=True)
        subprocess.run(["/usr/sbin/sshd", "-t", "-f", config], check=True)
        self.log = folder / "log"
        self.process = subprocess.Popen(
            [*under, "/usr/sbin/sshd", "-D", "-e", "-f", config], stderr=self.log.open("w"))
        wait_until(lambda: listens(self.port), "sshd")

    def make_key(self, name, *options):
        path = self.folder / name
        subprocess.run(["ssh-keygen", "-q", "-N", "", "-C", name, "-f", path,
                        *(options or ("-t", "ed25519"))], check=True)
        return path

    def options(self, key):
        """What ssh, scp and sftp take alike."""
        return ["-F", "none", "-i", str(key), "-o", "IdentitiesOnly=yes", "-o", "BatchMode=yes",
                "-o", f"UserKnownHostsFile={self.folder}/known", "-o", "StrictHostKeyChecking=no",
                "-o", "LogLevel=ERROR", "-o", "IdentityAgent=none"]

    def command(self, key, *options):
        return ["ssh", *self.options(key), "-p", str(self.port), *options, "--",
                f"{self.user}@127.0.0.1"]

    def ssh(self, key, *words, options=(), text="", env=None):
        return subprocess.run([*self.command(key, *options), *words], input=text, text=True,
                              capture_output=True, timeout=30, env={**os.environ, **(env or {})})

    def stop(self):
        os.kill(int((self.folder / "pid").read_text()), signal.SIGTERM)
        self.process.wait()


@pytest.fixture(scope="module")
def sshd(tmp_path_factory):
    folder = tmp_path_factory.mktemp("ssh")
    site = Site(folder / "site")
    sshd = SSHD(folder / "sshd", site)
    # An administrator, an operator, and a member who may use the API.
    for login, role in [("alice", "Site Administrator"), ("bob", "API Operator"), ("carol", "Member")]:
        site.run("account", "add", login, "--role", role)
        sshd.make_key(login)
        site.run("account", "ssh-key", "add", login, str(folder / "sshd" / f"{login}.pub"))
    yield sshd
    sshd.stop()


def key(sshd, login):
    return sshd.folder / login


def test_each_is_who_their_key_says(sshd):
    for login in ["alice", "bob", "carol"]:
        reply = sshd.ssh(key(sshd, login), "whoami", "--json")
        assert reply.returncode == 0, reply.stderr
        assert json.loads(reply.stdout)["login"] == login


def test_the_host_is_not_to_be_had_by_anybody_else(sshd):
    stranger = sshd.make_key("stranger")
    assert "Permission denied" in sshd.ssh(stranger, "whoami").stderr
    # Deactivated, and removed: from the next connection on.
    site = sshd.site
    site.run("account", "add", "dave", "--role", "Member")
    dave = sshd.make_key("dave")
    made = site.json("account", "ssh-key", "add", "dave", f"{dave}.pub")
    assert sshd.ssh(dave, "whoami").returncode == 0
    site.run("account", "deactivate", "dave")
    assert "Permission denied" in sshd.ssh(dave, "whoami").stderr
    site.run("account", "reactivate", "dave")
    assert sshd.ssh(dave, "whoami").returncode == 0
    site.run("account", "ssh-key", "remove", made["id"])
    assert "Permission denied" in sshd.ssh(dave, "whoami").stderr


def test_a_script_works_through_it(sshd):
    alice = key(sshd, "alice")
    people = "login,name,roles\nerin,Erin,Member\nfred,Fred,Member\n"
    reply = sshd.ssh(alice, "account", "import", "-", text=people)
    assert reply.returncode == 0, reply.stderr
    made = json.loads(sshd.ssh(alice, "gatehouse token create 'nightly job' --expires 30d --json").stdout)
    listed = json.loads(sshd.ssh(alice, "token", "list", "--json").stdout)
    assert [row["id"] for row in listed] == [made["id"]]
    refused = sshd.ssh(key(sshd, "carol"), "property", "set", "SiteName", "Mine")
    assert refused.returncode == 77 and "Manage settings" in refused.stderr
    row = sshd.site.json("audit", "list")[-1]
    assert (row["actor"], row["action"], row["source"]) == ("alice", "token.create", "127.0.0.1")


# What is tried, and what the audit keeps of it; None where sshd itself refuses.
TRIES = [
    *[(command, "the option --account") for command in [
        "console --account root", "whoami --account root", "--account=root whoami",
        "gatehouse --account root role add X", "whoami '--account' root"]],
    *[(command, "the option --database") for command in [
        "whoami --database {own}", "console --database={own}", "--database {own} role add X"]],
    *[(command, "a command line with what only a shell reads") for command in [
        ";id", "whoami;id", "whoami\nid", "$(id)", "`id`", "whoami > {own}", "whoami < /etc/hosts",
        "whoami | sh", "whoami && sh", "\"$(touch {own})\"", "* ", "~root"]],
    *[(command, "an unknown command") for command in [
        "sh", "/bin/sh -c id", "env", "exec sh", "../../bin/sh", "vi {own}", "SHELL=/bin/sh"]],
    *[(command, f"{command.split()[0].split('/')[-1]}, a transfer of files") for command in [
        "/usr/lib/openssh/sftp-server", "scp -f /etc/hosts", "scp -t {own}",
        "rsync --server --sender -e.LsfxCIvu . /etc/hosts"]],
    *[(command, f"the command {command.split()[0]}") for command in [
        "init --site X", "serve --listen 127.0.0.1:1", "backup {own}", "doctor --clock"]],
    ("ssh session OTHER", "the command session"),
    ("ssh authorized-keys root a b", "the command authorized-keys"),
    *[(command, "a file of the host") for command in [
        "account import /etc/hosts", "revision apply /etc/hosts", "key import {own}",
        "account ssh-key add bob /etc/hosts"]],
]


@pytest.mark.parametrize("command, what", TRIES, ids=[command for command, _ in TRIES])
def test_S01_no_command_leads_past_oneself(sshd, tmp_path, command, what):
    own = tmp_path / "own"
    site = sshd.site
    before = site.json("audit", "list")[-1]["seq"]
    files = sorted(site.folder.iterdir())
    reply = sshd.ssh(key(sshd, "bob"), command.format(own=own))
    assert reply.returncode in (1, 64), (reply.stdout, reply.stderr)
    assert "root" not in reply.stdout and "uid=" not in reply.stdout
    rows = [row for row in site.json("audit", "list") if row["seq"] > before]
    assert [(row["actor"], row["action"], row["reason"]) for row in rows] == [("bob", "ssh.refuse", what)]
    assert not own.exists() and sorted(site.folder.iterdir()) == files


@pytest.mark.parametrize("program", ["sftp", "scp", "scp -O", "rsync"])
def test_S01_no_file_is_carried(sshd, tmp_path, program):
    bob, host = key(sshd, "bob"), f"{sshd.user}@127.0.0.1"
    target = tmp_path / "target"
    words = program.split()
    if program == "sftp":
        done = subprocess.run(
            ["sftp", *sshd.options(bob), "-P", str(sshd.port), host], text=True, capture_output=True,
            input=f"get /etc/passwd {target}\nput /etc/hosts {target}\n", timeout=30)
    elif program == "rsync":
        shell = " ".join(["ssh", *sshd.options(bob), "-p", str(sshd.port)])
        done = subprocess.run(["rsync", "-e", shell, f"{host}:/etc/passwd", target],
                              text=True, capture_output=True, timeout=30)
    else:
        done = subprocess.run([*words, *sshd.options(bob), "-P", str(sshd.port),
                               f"{host}:/etc/passwd", target],
                              text=True, capture_output=True, timeout=30)
    assert done.returncode != 0, done.stdout
    assert not target.exists()
    assert sshd.site.json("audit", "list")[-1]["action"] == "ssh.refuse"


def test_S05_a_key_that_is_more_or_less_than_a_key_is_refused_and_audited(sshd, tmp_path):
    good = (sshd.folder / "carol.pub").read_text()
    weak = tmp_path / "weak"
    subprocess.run(["ssh-keygen", "-q", "-N", "", "-t", "rsa", "-b", "1024", "-f", weak], check=True)
    fresh = sshd.make_key("fresh")
    line = (sshd.folder / "fresh.pub").read_text()
    for text, why in [
            (f"{line}{good}", "more than one line"),
            (f'command="/bin/sh" {line}', "a key with options before it"),
            (f'environment="X=\\"" {line}', "a key with options before it"),
            (f"from=\"*\",pty {line}", "a key with options before it"),
            (f"{line[:60]}", "a key that is cut off or altered"),
            (pathlib.Path(f"{weak}.pub").read_text(), "a weak key: "), (good, "a key of another account"),
            (fresh.read_text(), "a private key")]:
        reply = sshd.ssh(key(sshd, "bob"), "account", "ssh-key", "add", "bob", "-", text=text)
        assert reply.returncode in (1, 65), (text, reply.stderr)
        row = sshd.site.json("audit", "list")[-1]
        assert (row["actor"], row["action"]) == ("bob", "account.ssh-key-refuse")
        assert row["reason"].startswith(why), (row, text)
    # Nobody came to be let in by any of them.
    assert "Permission denied" in sshd.ssh(fresh, "whoami").stderr
    assert "Permission denied" in sshd.ssh(weak, "whoami").stderr


class Trace:
    """What an sshd's children run, and the files they name, as strace sees it."""

    FILES = ("open openat openat2 creat rename renameat renameat2 unlink unlinkat link linkat symlink "
             "symlinkat mkdir mkdirat truncate stat lstat newfstatat access faccessat faccessat2").split()
    FORKS = "clone clone3 fork vfork".split()

    def __init__(self, site, folder):
        folder.mkdir()
        self.folder, self.site = folder, site

    def __enter__(self):
        calls = ",".join(["execve", *self.FORKS, *self.FILES])
        self.sshd = SSHD(self.folder / "sshd", self.site, under=[
            "strace", "-ff", "--seccomp-bpf", "-qq", "-s", "4096", "-e", f"trace={calls}",
            "-e", "signal=none", "-o", self.folder / "of"])
        return self

    def __exit__(self, *_):
        self.sshd.stop()
        self.programs, self.gatehouse, self.all = set(), set(), set()
        self.ran_by_gatehouse = set()
        # Parents before their children, as they were numbered. What a fork returned is not always
        # told, so that each file is read, not those alone that a parent names.
        # What each runs, and the process that it is a thread of, else itself.
        started = {}
        for process in sorted(int(file.suffix[1:]) for file in self.folder.glob("of.*")):
            started.setdefault(process, ("", process))
            self.follow(process, started)

    def follow(self, process, started):
        program, leader = started[process]
        for line in (self.folder / f"of.{process}").read_text(errors="replace").splitlines():
            call = line.partition("(")[0]
            if call in self.FORKS and (child := re.search(r"= ([1-9]\d*)$", line)):
                child = int(child[1])
                started[child] = program, leader if "CLONE_THREAD" in line else child
            elif path := re.match(r'\w+\((?:AT_FDCWD, |\d+, )?"((?:[^"\\]|\\.)*)"', line):
                if call == "execve" and line.endswith("= 0"):
                    if program == str(GATEHOUSE):
                        self.ran_by_gatehouse.add(path[1])
                    program = path[1]
                    self.programs.add(program)
                self.all.add(path[1])
                # libdispatch looks now and then at how the threads of its own process fare.
                thread = re.fullmatch(r"/proc/(\d+)/stat", path[1])
                is_own = thread and started.get(int(thread[1]), ("", 0))[1] == leader
                if program == str(GATEHOUSE) and not is_own:
                    self.gatehouse.add(path[1])


def test_S01_no_try_reads_or_writes_another_file_than_an_ordinary_command(sshd, tmp_path):
    bob, own = key(sshd, "bob"), tmp_path / "own"
    # One that reads and one that is audited, so that each file of the site is among theirs.
    with Trace(sshd.site, tmp_path / "ordinary") as ordinary:
        assert ordinary.sshd.ssh(bob, "whoami").returncode == 0
        assert ordinary.sshd.ssh(bob, "--help").returncode == 0
        assert ordinary.sshd.ssh(bob, "console --account root").returncode == 1
    assert str(sshd.site.database) in ordinary.gatehouse
    with Trace(sshd.site, tmp_path / "tries") as tries:
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            replies = pool.map(lambda what: tries.sshd.ssh(bob, what[0].format(own=own)), TRIES)
            assert {reply.returncode for reply in replies} <= {1, 64}
        # S03: nor is a file of one's own run as one comes in.
        assert tries.sshd.ssh(bob, "whoami").returncode == 0
    assert len(tries.gatehouse) > 10
    assert tries.gatehouse - ordinary.gatehouse == set()
    # What the user's shell runs as it starts is not ours; nothing that was asked for is among it.
    asked = {"id", "touch", "vi", "sftp-server", "scp", "rsync"}
    assert not asked & {os.path.basename(program) for program in tries.programs}
    assert str(GATEHOUSE) in tries.programs and tries.ran_by_gatehouse == set()
    assert not [path for path in tries.all if path.endswith(".ssh/rc")]


def test_S02_nothing_that_is_sent_beside_the_command_counts(sshd, tmp_path):
    own = Site(tmp_path / "own")
    sent = {"GATEHOUSE_DATABASE": str(own.database), "GATEHOUSE_ACCOUNT": "root", "PATH": str(tmp_path),
            "HOME": str(tmp_path), "TERMINFO": str(tmp_path), "LC_ALL": "%n", "LANGUAGE": "../",
            "LD_LIBRARY_PATH": str(tmp_path), "XDG_DATA_HOME": str(tmp_path), "TZ": ":/etc/passwd",
            "SSH_ORIGINAL_COMMAND": "whoami --account root"}
    options = [word for name in sent for word in ("-o", f"SendEnv={name}")]
    reply = sshd.ssh(key(sshd, "bob"), "whoami", "--json", options=options,
                     # Where ssh itself is found.
                     env={**sent, "PATH": f"{tmp_path}:{os.environ['PATH']}"})
    assert reply.returncode == 0, reply.stderr
    assert json.loads(reply.stdout)["login"] == "bob"
    row = sshd.site.json("audit", "list")[-1]
    assert (row["actor"], row["action"]) == ("bob", "ssh.refuse")
    # The snippet has sshd drop the others, whatever the host's own configuration accepts.
    assert row["reason"] == "variables: LC_ALL, TZ"
    # The account is of the site that sshd names; the other has none of that name.
    assert all(row["login"] != "bob" for row in own.json("account", "list"))


@pytest.mark.parametrize("options", [
    "-N -L {port}:127.0.0.1:22", "-N -L {port}:/etc/passwd", "-N -D {port}"])
def test_S03_nothing_is_forwarded_from_here(sshd, options):
    port, logged = free_port(), len(sshd.log.read_text())
    client = subprocess.Popen(
        [*sshd.command(key(sshd, "bob"), *options.format(port=port).split())],
        stderr=subprocess.PIPE, text=True)
    try:
        wait_until(lambda: listens(port), "the client's own port")
        with socket.create_connection(("127.0.0.1", port), 5) as connection:
            if "-D" in options:
                # SOCKS5: to a port of the host that does listen, sshd's own.
                connection.sendall(b"\x05\x01\x00")
                assert connection.recv(2) == b"\x05\x00"
                connection.sendall(b"\x05\x01\x00\x01\x7f\x00\x00\x01" + sshd.port.to_bytes(2, "big"))
            connection.settimeout(10)
            answer = connection.recv(64)
            assert not answer or answer[:2] == b"\x05\x01", answer
        # Nothing of Gatehouse runs; what was tried, by whose key, stands in sshd's log.
        wait_until(lambda: re.search(r"refused (local|streamlocal) port forward: .* target \S+",
                                     sshd.log.read_text()[logged:]), "a line in the log")
    finally:
        client.terminate()
        client.wait()


@pytest.mark.parametrize("options, command", [
    ("-o ExitOnForwardFailure=yes -R {port}:127.0.0.1:22", "whoami"),
    ("-W 127.0.0.1:{sshd}", ""),
    ("-o Tunnel=yes -o ExitOnForwardFailure=yes -w any:any", "whoami"),
    ("-s", "sftp"), ("-s", "netconf")])
def test_S03_nothing_is_forwarded_to_here(sshd, options, command):
    words = options.format(port=free_port(), sshd=sshd.port).split()
    reply = sshd.ssh(key(sshd, "bob"), *([command] if command else []), options=words)
    assert reply.returncode != 0, reply.stdout
    assert "SSH-2.0" not in reply.stdout


class Terminal:
    """ssh in a terminal of its own."""

    def __init__(self, sshd, login, *options):
        self.screen = pyte.Screen(80, 24)
        self.stream = pyte.ByteStream(self.screen)
        command = sshd.command(key(sshd, login), "-tt", "-o", "SendEnv=LANG", *options)
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.execvpe(command[0], command, {
                **os.environ, "TERM": "xterm-256color", "LANG": "C.UTF-8", "DISPLAY": ":0"})
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        os.kill(self.pid, signal.SIGWINCH)

    @property
    def text(self):
        return "\n".join(self.screen.display)

    def until(self, text, seconds=20):
        deadline = time.monotonic() + seconds
        while text not in self.text:
            assert time.monotonic() < deadline, f"{text!r} is not on:\n{self.text}"
            self.read()
        return self.text

    def read(self):
        if select.select([self.fd], [], [], 0.05)[0]:
            with contextlib.suppress(OSError):
                self.stream.feed(os.read(self.fd, 65536))

    def type(self, keys):
        os.write(self.fd, keys.encode())

    def ended(self, seconds):
        """Its exit status, once the client has ended."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            self.read()
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.read()
                return os.waitstatus_to_exitcode(status)
        raise AssertionError(f"it did not end within {seconds} s:\n{self.text}")


def consoles(sshd):
    """The consoles that run on the site."""
    found = []
    for entry in pathlib.Path("/proc").iterdir():
        with contextlib.suppress(OSError):
            words = (entry / "cmdline").read_bytes().split(b"\0")
            if words[0].endswith(b"/gatehouse") and b"session" in words \
                    and os.fsencode(sshd.site.database) in words:
                found.append(int(entry.name))
    return found


def test_S03_no_agent_and_no_display_comes_along(sshd):
    agent = subprocess.run(["ssh-agent", "-s"], capture_output=True, text=True, check=True).stdout
    sock, pid = re.search("SSH_AUTH_SOCK=([^;]+)", agent)[1], re.search("SSH_AGENT_PID=([^;]+)", agent)[1]
    terminal = Terminal(sshd, "bob", "-A", "-X", "-o", f"ForwardAgent={sock}")
    try:
        terminal.until("8 Audit")
        (console,) = consoles(sshd)
        # Of a process that is not dumpable only root may see it.
        if os.getuid() != 0:
            pytest.skip("only root sees the environment of a console")
        environment = pathlib.Path(f"/proc/{console}/environ").read_bytes()
        assert b"SSH_CLIENT=" in environment
        assert b"SSH_AUTH_SOCK=" not in environment and b"DISPLAY=" not in environment
    finally:
        os.kill(int(pid), signal.SIGTERM)
        terminal.type("Q")
        terminal.ended(10)


def test_each_sees_what_is_theirs(sshd):
    seen = {}
    for login, tabs in {
            "alice": "1 Overview 2 Props 3 Security 4 Roles 5 Tokens 6 Migration 7 Accounts 8 Audit",
            "bob": "1 Overview 2 Props 3 Security 5 Tokens 6 Migration 8 Audit",
            "carol": "0 My account"}.items():
        terminal = Terminal(sshd, login)
        terminal.until(tabs)
        seen[login] = terminal.until("? help")
        assert f"{login} " in seen[login].splitlines()[0]
        terminal.type("Q")
        assert terminal.ended(10) == 0
    folder = os.environ.get("SCREENS")
    if folder:
        for login, text in seen.items():
            (pathlib.Path(folder) / login).write_text(text)


def fill_new_account(terminal, login):
    """Opens the form of a new account and fills it in; `press_add` is all that is left."""
    terminal.until("8 Audit")
    terminal.type("7")
    terminal.until("Accounts ·")
    terminal.type("a")
    terminal.until("New account")
    # From Cancel round to the first field: there is nothing to add yet.
    terminal.type("\t")
    terminal.type(login)
    terminal.until(f"[{login}_")


def press_add(terminal):
    terminal.type("\x1b[Z\r")


def test_a_filled_form_is_applied_where_nothing_is_withdrawn(sshd):
    terminal = Terminal(sshd, "alice")
    fill_new_account(terminal, "adam")
    press_add(terminal)
    terminal.until("adam is added")
    terminal.type("Q")
    assert terminal.ended(10) == 0
    row = sshd.site.json("audit", "list")[-1]
    assert (row["actor"], row["action"], row["target"], row["through"], row["source"]) == (
        "alice", "account.add", "account adam", "console", "127.0.0.1")


@pytest.mark.parametrize("loss", ["the role is withdrawn", "the account is deactivated",
                                  "the key is removed"])
def test_what_is_withdrawn_in_a_filled_form_is_not_applied(sshd, loss):
    site, login = sshd.site, "g" + re.sub("[^a-z]", "", loss)
    site.run("account", "add", login, "--role", "Site Administrator")
    made = site.json("account", "ssh-key", "add", login, f"{sshd.make_key(login)}.pub")
    terminal = Terminal(sshd, login)
    fill_new_account(terminal, "eve")
    before = site.json("audit", "list")[-1]["seq"]
    if "role" in loss:
        site.run("account", "unassign", login, "Site Administrator")
    elif "account" in loss:
        site.run("account", "deactivate", login)
    else:
        site.run("account", "ssh-key", "remove", made["id"])
    press_add(terminal)
    if "role" in loss:
        # The tab is gone, and with it the form.
        terminal.until("0 My account")
        terminal.type("Q")
    status = terminal.ended(5)
    assert status in (0, 77), terminal.text
    assert all(row["login"] != "eve" for row in site.json("account", "list"))
    rows = [row for row in site.json("audit", "list") if row["seq"] > before]
    assert [row["actor"] for row in rows] == ["root"]


@pytest.mark.parametrize("loss", ["client killed", "line cut", "hung up"])
def test_S04_a_line_that_is_lost_ends_the_console(sshd, loss):
    terminal = Terminal(sshd, "alice")
    fill_new_account(terminal, "eve")
    running = consoles(sshd)
    assert len(running) == 1
    before = sshd.site.json("audit", "list")[-1]["seq"]
    start = time.monotonic()
    if loss == "client killed":
        os.kill(terminal.pid, signal.SIGKILL)
    elif loss == "line cut":
        # A client that is stopped answers nothing, as behind a line that is cut.
        os.kill(terminal.pid, signal.SIGSTOP)
    else:
        os.kill(running[0], signal.SIGHUP)
    # Four seconds where sshd has to find out by itself; one more of its looks on a loaded machine.
    wait_until(lambda: not consoles(sshd), "the console's end", 7)
    assert time.monotonic() - start < 7
    os.kill(terminal.pid, signal.SIGKILL)
    os.waitpid(terminal.pid, 0)
    assert sshd.site.json("audit", "list")[-1]["seq"] == before


def test_eight_consoles_and_a_gate_live_side_by_side(sshd):
    gate = Gate(sshd.site)
    terminals = [Terminal(sshd, login) for login in ["alice"] * 4 + ["bob"] * 4]
    try:
        for terminal in terminals:
            terminal.until("5 Tokens")
            terminal.type("3")
            terminal.until("Security level")
        sshd.ssh(key(sshd, "alice"), "property", "set", "SiteName", "Northwind")
        # A look a second, and time to draw eight of them on whatever this runs on.
        start = time.monotonic()
        for terminal in terminals:
            terminal.until("Northwind", 3)
        print(f"seen on eight consoles after {time.monotonic() - start:.2f} s")
    finally:
        for terminal in terminals:
            terminal.type("Q")
            terminal.ended(10)
        gate.stop()

