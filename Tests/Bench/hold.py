"""Holds files in memory until its input ends, both programs' alike.

Some machines, virtual ones above all, take their page cache back within seconds. What a start then
waits for is the disk, a few milliseconds to some ninety for one page, and no ratio repeats.

    hold.py FILE ...    prints "held" once they are there; leaves out those that do not exist
"""

import ctypes
import os
import re
import subprocess
import sys

libc = ctypes.CDLL(None, use_errno=True)
libc.mmap.restype = ctypes.c_void_p
libc.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t] + [ctypes.c_int] * 3 + [ctypes.c_long]
libc.mlock.argtypes = [ctypes.c_void_p, ctypes.c_size_t]
PROT_READ, MAP_SHARED, MAP_FAILED = 1, 1, ctypes.c_void_p(-1).value


def hold(path):
    """Maps and locks a file for as long as this process lives; returns whether that was allowed."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        size = os.fstat(descriptor).st_size
        if size == 0:
            return True
        place = libc.mmap(None, size, PROT_READ, MAP_SHARED, descriptor, 0)
        return place != MAP_FAILED and libc.mlock(place, size) == 0
    finally:
        os.close(descriptor)


def libraries(path):
    """The shared libraries of a program, with the loader; none of one that is static."""
    said = subprocess.run(["ldd", path], capture_output=True, text=True).stdout
    return [os.path.realpath(name) for name in re.findall(r"/\S+(?= \(0x)", said)]


files = [path for path in sys.argv[1:] if os.path.exists(path)]
for program in [path for path in files if os.access(path, os.X_OK)]:
    files += [name for name in libraries(program) if name not in files]
unheld = [path for path in files if not hold(path)]
if unheld:
    print("not held, for want of locked memory (ulimit -l):", *unheld, file=sys.stderr)
print("held", flush=True)
sys.stdin.read()
