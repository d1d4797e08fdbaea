"""Programs under measurement."""
import contextlib
import ctypes
import os
import re
import shutil
import signal
import subprocess
import threading
import time

from places import is_listening, scratch
from tables import Failure

TICKS = os.sysconf("SC_CLK_TCK")
LIBC = ctypes.CDLL(None)
running = []


def die_with_parent():
    LIBC.prctl(1, signal.SIGKILL)


class Process:
    """A program under measurement: its lines with the time they came, its processor time, its memory."""

    def __init__(self, argv, place, name):
        self.name = name
        self.lines = []
        self.log = os.path.join(place, name + ".log")
        self.usage = None
        self.exited = None
        self.anonymous = 0
        self.code = None
        with open(self.log, "wb") as log:
            self.began = time.monotonic()
            self.process = subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, cwd=place,
                                            start_new_session=True, preexec_fn=die_with_parent)
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()
        running.append(self)

    def _read(self):
        for line in self.process.stdout:
            self.lines.append((time.monotonic(), line.decode("utf-8", "replace").rstrip()))

    def say(self, text):
        with contextlib.suppress(OSError):
            self.process.stdin.write((text + "\n").encode())
            self.process.stdin.flush()

    def poll(self):
        """Its exit code, or None while it runs."""
        if self.code is None:
            pid, status, usage = os.wait4(self.process.pid, os.WNOHANG)
            if pid:
                self.exited = time.monotonic()
                self.usage = usage
                self.code = self.process.returncode = os.waitstatus_to_exitcode(status)
        return self.code

    def family(self):
        """Itself and its descendants."""
        pids = [self.process.pid]
        for pid in pids:
            with contextlib.suppress(OSError), open("/proc/%d/task/%d/children" % (pid, pid)) as children:
                pids += [int(child) for child in children.read().split()]
        return pids

    def cpu(self):
        """Seconds of processor time so far."""
        if self.poll() is not None:
            return self.usage.ru_utime + self.usage.ru_stime
        ticks = 0
        for pid in self.family():
            with contextlib.suppress(OSError, IndexError), open("/proc/%d/stat" % pid) as stat:
                fields = stat.read().rpartition(")")[2].split()
                ticks += int(fields[11]) + int(fields[12])
        return ticks / TICKS

    def memory(self, key):
        """KiB of one line of its status."""
        total = 0
        for pid in self.family():
            with contextlib.suppress(OSError), open("/proc/%d/status" % pid) as status:
                total += sum(int(line.split()[1]) for line in status if line.startswith(key + ":"))
        return total

    def sample(self):
        self.anonymous = max(self.anonymous, self.memory("RssAnon"))

    def first(self, pattern):
        """When the first line came that matches, and the match; or None."""
        for at, line in list(self.lines):
            found = re.search(pattern, line)
            if found:
                return at, found
        return None

    def await_line(self, pattern, seconds):
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            gone = self.poll() is not None
            if gone:
                self.reader.join(1)
            found = self.first(pattern)
            if found:
                return found
            if gone:
                break
            time.sleep(0.005)
        raise Failure(self.complaint("does not say %s" % pattern))

    def await_listening(self, port, seconds=60):
        deadline = time.monotonic() + seconds
        while not is_listening(port):
            if self.poll() is not None or time.monotonic() > deadline:
                raise Failure(self.complaint("does not listen on port %d" % port))
            time.sleep(0.005)
        return time.monotonic()

    def await_idle(self, quiet=0.7, seconds=120):
        """Waits until it uses no processor to speak of; returns when that began. The system counts hundredths of a second."""
        deadline = time.monotonic() + seconds
        at, spent, since = time.monotonic(), self.cpu(), None
        while time.monotonic() < deadline:
            time.sleep(0.1)
            if self.poll() is not None:
                raise Failure(self.complaint("ended while it began"))
            now, more = time.monotonic(), self.cpu()
            since = (since or at) if (more - spent) / (now - at) < 0.15 else None
            at, spent = now, more
            if since and now - since >= quiet:
                return since
        raise Failure(self.complaint("is busy after %d s" % seconds))

    def complaint(self, what):
        with open(self.log, errors="replace") as log:
            said = [line for _, line in self.lines[-10:]] + log.read().splitlines()[-10:]
        return "%s %s\n%s" % (self.name, what if self.poll() is None else "ended with %s" % self.code, "\n".join(said))

    def stop(self, patience=3):
        """Asks it to end, and makes it: by its number, and those of its children."""
        pids = self.family() if self.poll() is None else []
        for pid in pids[:1]:
            with contextlib.suppress(OSError):
                os.kill(pid, signal.SIGTERM)
        deadline = time.monotonic() + patience
        while self.poll() is None and time.monotonic() < deadline:
            time.sleep(0.02)
        if self.poll() is None:
            for pid in pids:
                with contextlib.suppress(OSError):
                    os.kill(pid, signal.SIGKILL)
            deadline = time.monotonic() + 5
            while self.poll() is None and time.monotonic() < deadline:
                time.sleep(0.02)
        for pipe in (self.process.stdin, self.process.stdout):
            with contextlib.suppress(OSError):
                pipe.close()
        if self in running:
            running.remove(self)


def stop_all():
    for process in list(running):
        process.stop(1)


@contextlib.contextmanager
def workplace(bytes_needed):
    """A scratch directory that is gone afterwards, and with it every process that was started."""
    place = scratch(bytes_needed)
    try:
        yield place
    finally:
        stop_all()
        shutil.rmtree(place, ignore_errors=True)
