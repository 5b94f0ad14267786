"""Notes which functions the console runs, and which zeros its start touches, so that the linker
can lay them side by side.

    Tests/Bench/order.py GATEHOUSE DATABASE > Resources/link/console.order

GATEHOUSE is the release binary with its symbols (.build-release/release/gatehouse). It runs under
valgrind, which has to be installed: starts on a list, moves about in it, and on the other screens.
What a step in a list runs comes first, then what a start runs, then the rest: a step finds the caches
cold, and ran on 327 pages of code before, of which 228 are left. The zeros (.bss) are mostly caches of
types, a few words each among a megabyte and a half of them: 106 pages, of which 68 are left, which the
program brings in at once (CCurses/entry.c).
A list that is out of date costs speed and nothing else: the linker passes over what it does not find.
"""

import bisect
import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import sys
import tempfile
import termios

DOWN, UP, PAGE_DOWN, END, HOME = "\x1bOB", "\x1bOA", "\x1b[6~", "\x1bOF", "\x1bOH"
STEPS = [DOWN] * 6 + [UP] * 2
# What is typed, part by part; the first is what happens before any key.
PARTS = {
    "start": [],
    "steps": STEPS,
    "pages": [PAGE_DOWN] * 3 + [END, HOME, "6"],
    "steps of the worklist": STEPS,
    "others": ["1", "3", "8", "5", "f", "tok", "\x1b"],
}
ORDER = ["steps", "steps of the worklist", "start", "pages", "others"]


def drive(command, parts):
    """Starts the console on a terminal of 120 by 40, types what each part has, and quits.

    Yields the process after each part.
    """
    child, terminal = pty.fork()
    if child == 0:
        os.environ.update(TERM="xterm-256color", LANG="C.UTF-8")
        os.execvp(command[0], command)
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
    settle(terminal, first=60)
    for keys in parts:
        for key in keys:
            os.write(terminal, key.encode())
            settle(terminal)
        yield child
    os.write(terminal, b"Q")
    settle(terminal)
    os.close(terminal)
    os.waitpid(child, 0)


def settle(terminal, first=2.0):
    """Reads until nothing has come for a second; waits longer for the first byte."""
    wait = first
    while select.select([terminal], [], [], wait)[0]:
        wait = 1.0
        try:
            if not os.read(terminal, 65536):
                return
        except OSError:
            return


def functions(profile, binary):
    """The binary's functions in a callgrind profile, in the order in which it names them."""
    objects, names, found, current = {}, {}, {}, None
    for line in profile:
        if match := re.match(r"(c?)ob=\((\d+)\)(?: (.*))?", line):
            called, number, name = match.groups()
            if name:
                objects[number] = name
            if not called:
                current = objects.get(number)
        elif match := re.match(r"(c?)fn=\((\d+)\)(?: (.*))?", line):
            called, number, name = match.groups()
            if name:
                names[number] = name
            if not called and current == binary and number in names:
                found[names[number].split("'")[0]] = True
    return found


def load_address(process, binary):
    with open(f"/proc/{process}/maps") as maps:
        return next(int(line.split("-")[0], 16) for line in maps if line.rstrip().endswith(binary))


def zeros(trace, binary, base):
    """The binary's variables in .bss that a trace of memory reads or writes.

    By address, but what is larger than a page last: of that only a few words are touched.
    """
    table = subprocess.run(["nm", "-n", "-S", binary], check=True, capture_output=True, text=True)
    fields = (line.split() for line in table.stdout.splitlines())
    variables = [
        (int(address, 16), int(size, 16), name)
        for address, size, kind, name in (line for line in fields if len(line) == 4)
        if kind in "bB"
    ]
    starts = [start for start, _, _ in variables]
    accesses = (line[3:].split(",")[0] for line in trace if line.startswith((" L", " S", " M")))
    touched = set()
    for address in {int(access, 16) - base for access in accesses}:
        start, size, name = variables[bisect.bisect(starts, address) - 1]
        if start <= address < start + size:
            touched.add((size > 4096, start, name))
    return {name: True for _, _, name in sorted(touched)}


def main():
    binary, database = map(os.path.abspath, sys.argv[1:])
    with tempfile.TemporaryDirectory() as folder:
        profile, trace = os.path.join(folder, "profile"), os.path.join(folder, "trace")
        # Valgrind reads no DWARF of this version.
        bare = os.path.join(folder, "gatehouse")
        subprocess.run(["strip", "--strip-debug", "-o", bare, binary], check=True)
        console = [bare, "--database", database, "--account", "steward"]
        console += ["console", "--screen", "tokens"]
        valgrind = ["valgrind", "-q", "--demangle=no"]
        callgrind = ["--tool=callgrind", f"--callgrind-out-file={profile}"]
        for process in drive(valgrind + callgrind + console, PARTS.values()):
            dump = ["callgrind_control", "--dump", str(process)]
            subprocess.run(dump, check=True, stdout=sys.stderr)
        found = {}
        for part in ORDER:
            number = list(PARTS).index(part) + 1
            with open(f"{profile}.{number}") as lines:
                found |= functions(lines, bare)
        lackey = ["--tool=lackey", "--trace-mem=yes", f"--log-file={trace}"]
        for process in drive(valgrind + lackey + console, [PARTS["start"]]):
            base = load_address(process, bare)
        with open(trace) as lines:
            found |= zeros(lines, bare, base)
        print("\n".join(found))


if __name__ == "__main__":
    main()
