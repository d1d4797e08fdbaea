"""Where and when is measured: directories, memory, ports, one measurement at a time."""
import contextlib
import fcntl
import os
import random
import shutil
import socket
import tempfile
from tables import Failure

MIB = 1 << 20
GIB = 1 << 30
BLOCK = 16384
LOOPBACK = "127.0.0.1"


def scratch(bytes_needed):
    """A new directory: in memory when there is room for twice of what is needed, else where temporary files go."""
    shm = "/dev/shm"
    fits = os.path.isdir(shm) and os.access(shm, os.W_OK) and shutil.disk_usage(shm).free > 2 * bytes_needed + GIB
    base = shm if fits else tempfile.gettempdir()
    free = shutil.disk_usage(base).free
    if free < bytes_needed + 64 * MIB:
        raise Failure("%d MiB are needed in %s, %d are free: say a smaller --mib" % (bytes_needed // MIB, base, free // MIB))
    return tempfile.mkdtemp(prefix="ahti-bench-", dir=base)


@contextlib.contextmanager
def alone(options):
    """One measurement at a time, where several share a machine and name the same file."""
    if not options.lock:
        yield
        return
    with open(options.lock, "a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def touch_memory(place, size):
    """Has a virtual machine's host hand out, before the clock starts, the memory that a measurement takes."""
    path = os.path.join(place, "touched")
    zeros = bytes(MIB)
    with open(path, "wb", buffering=0) as file:
        for _ in range(size // MIB + 128):
            file.write(zeros)
    os.remove(path)


def free_port():
    """A port below those that connections take."""
    for _ in range(1000):
        port = random.randint(20000, 31999)
        with socket.socket() as tcp, socket.socket(type=socket.SOCK_DGRAM) as udp:
            try:
                tcp.bind((LOOPBACK, port))
                udp.bind((LOOPBACK, port))
                return port
            except OSError:
                continue
    raise Failure("no free port on %s" % LOOPBACK)


def is_listening(port):
    """Whether somebody listens; asked of the system, so that nobody is connected to."""
    wanted = ":%04X" % port
    for table_of in ("tcp", "tcp6"):
        with contextlib.suppress(OSError), open("/proc/net/" + table_of) as lines:
            for line in lines:
                word = line.split()
                if len(word) > 3 and word[3] == "0A" and word[1].endswith(wanted):
                    return True
    return False
