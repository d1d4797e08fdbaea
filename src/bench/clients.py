"""How each client is started, with the settings that make them comparable."""
import contextlib
import os
import shutil
import subprocess
import sys
import time

from places import LOOPBACK, MIB
from processes import Process
from tables import Failure, ROOT

HERE = os.path.dirname(os.path.realpath(__file__))


def python_with_libtorrent():
    """A Python that can import libtorrent, or None."""
    found = [sys.executable, shutil.which("python3"), "/usr/bin/python3"]
    for python in dict.fromkeys(path for path in found if path and os.access(path, os.X_OK)):
        with contextlib.suppress(OSError, subprocess.TimeoutExpired):
            if subprocess.run([python, "-c", "import libtorrent"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                              timeout=30).returncode == 0:
                return python
    return None


class Ahti:
    """This checkout, as a user starts it, but with none of the user's settings."""
    name = "ahti"
    dials = True

    def __init__(self):
        self.command = os.path.join(ROOT, "scripts", "ahti")

    def version(self):
        # Twice: the first call may build, the second may make the class-data archive.
        for _ in range(2):
            said = subprocess.run([self.command, "version"], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                  text=True, timeout=900)
            if said.returncode != 0:
                raise Failure("scripts/ahti does not run:\n" + said.stderr)
        return said.stdout.split("\n")[0].strip()

    def options(self, place, port):
        settings = os.path.join(place, "no.conf")
        with open(settings, "w"):
            pass
        return ["--config", settings, "-p", str(port), "--bind", LOOPBACK, "--no-trackers", "--no-dht", "--no-lpd", "--state", "none"]

    def leech(self, place, torrent, out, port, peer, more=()):
        argv = [self.command, "get", torrent.path, "-d", out] + self.options(place, port) + list(more)
        return Process(argv + (["--peer", peer] if peer else []), place, "ahti")

    def is_done(self, process):
        return process.exited if process.poll() == 0 else None

    def seed(self, place, torrent, port, *more):
        argv = [self.command, "seed", torrent.path, "-d", os.path.dirname(torrent.data)] + self.options(place, port)
        process = Process(argv + list(more), place, "ahti-seed")
        process.await_listening(port)
        process.await_idle()
        return process

    def seed_many(self, place, directory, torrents, port):
        argv = [self.command, "get", "--seed", "-d", directory] + self.options(place, port)
        return Process(argv + [torrent.path for torrent in torrents], place, "ahti-seed")

    complete = '"event":"finished"'

    def member(self, place, torrent, out, port, peers, rate):
        more = ["--seed", "--json", "--up", str(rate)]
        for peer in peers:
            more += ["--peer", peer]
        return self.leech(place, torrent, out, port, None, more)


class Libtorrent:
    """libtorrent's Python module with its own settings, less what has no place on loopback."""
    name = "libtorrent"
    dials = True

    def __init__(self, python):
        self.python = python

    def version(self):
        return subprocess.run([self.python, "-c", "import libtorrent; print(libtorrent.version)"], stdout=subprocess.PIPE,
                              text=True, timeout=30).stdout.strip()

    def argv(self, role, path, directory, port, *more):
        return [self.python, "-B", os.path.join(HERE, "peers", "libtorrent_peer.py"), role, path, directory, str(port)] + list(more)

    def leech(self, place, torrent, out, port, *more):
        return Process(self.argv("leech", torrent.path, out, port, *more), place, "libtorrent")

    def is_done(self, process):
        found = process.first("^done")
        return found[0] if found else None

    def seed(self, place, torrent, port, *more):
        process = Process(self.argv("seed", torrent.path, os.path.dirname(torrent.data), port, *more), place, "libtorrent-seed")
        process.await_line("^ready", 30 + torrent.size / (20 * MIB))
        return process

    def seed_many(self, place, directory, torrents, port):
        return Process(self.argv("seed", os.path.dirname(torrents[0].path), directory, port), place, "libtorrent-seed")

    complete = "^done"

    def member(self, place, torrent, out, port, peers, rate):
        return self.leech(place, torrent, out, port, "up=%d" % rate, *peers)


class Aria2:
    """aria2c. It takes no address of a peer: whoever seeds has to dial it."""
    name = "aria2c"
    dials = False

    def version(self):
        said = subprocess.run(["aria2c", "--version"], stdout=subprocess.PIPE, text=True, timeout=30).stdout
        return said.split("\n")[0].rpartition(" ")[2]

    def argv(self, directory, port):
        return ["aria2c", "--no-conf=true", "--dir=" + directory, "--listen-port=%d" % port, "--enable-dht=false",
                "--enable-dht6=false", "--bt-enable-lpd=false", "--enable-peer-exchange=false", "--bt-min-crypto-level=plain",
                "--disable-ipv6=true", "--file-allocation=none", "--bt-max-peers=0", "--summary-interval=0",
                "--show-console-readout=false", "--console-log-level=warn"]

    def leech(self, place, torrent, out, port, peer):
        hook = os.path.join(place, "hook")
        self.marker = os.path.join(place, "complete")
        with contextlib.suppress(OSError):
            os.remove(self.marker)
        with open(hook, "w") as script:
            script.write("#!/bin/sh\n: >'%s'\n" % self.marker)
        os.chmod(hook, 0o755)
        return Process(self.argv(out, port) + ["--seed-time=0", "--on-bt-download-complete=" + hook, torrent.path], place, "aria2c")

    def is_done(self, process):
        with contextlib.suppress(OSError):
            # The age of the file, not the moment when it was found.
            return time.monotonic() - max(0.0, time.time() - os.stat(self.marker).st_mtime)
        return None

    def seed(self, place, torrent, port):
        argv = self.argv(os.path.dirname(torrent.data), port) + ["--seed-ratio=0.0", "--check-integrity=true", torrent.path]
        process = Process(argv, place, "aria2c-seed")
        process.await_listening(port)
        process.await_idle()
        return process


class Peers:
    """Light peers of this script: they give any block that they are asked for, or take blocks and drop them."""

    @staticmethod
    def start(place, role, torrent, *more):
        block = os.path.join(place, "block")
        source = torrent.data
        if torrent.block is not None:
            source = block
            with open(block, "wb") as file:
                file.write(torrent.block)
        return Process([sys.executable, "-B", os.path.join(HERE, "peers", "light_peers.py"), role, torrent.info_hash, str(torrent.size),
                        str(torrent.piece), source] + [str(word) for word in more], place, "peers")


def many_peers(count):
    """What makes Ahti take so many peers, which on one machine come from few addresses."""
    return ["--peers", str(count + 10), "--set", "net.max-peers=%d" % (count + 10),
            "--set", "torrent.max-peers-per-address=%d" % (count + 10)]


def clients(options):
    """Those that are wanted and installed; Ahti comes first."""
    python = python_with_libtorrent()
    known = {"ahti": Ahti(), "libtorrent": Libtorrent(python) if python else None,
             "aria2c": Aria2() if shutil.which("aria2c") else None}
    packages = {"libtorrent": "python3-libtorrent", "aria2c": "aria2"}
    if options.clients:
        wanted = list(dict.fromkeys(options.clients.split(",")))
        for name in wanted:
            if name not in known:
                raise Failure("no client %s: there are %s" % (name, ", ".join(known)))
            if known[name] is None:
                raise Failure("%s is not installed (Debian: apt-get install %s)" % (name, packages[name]))
        return [known[name] for name in wanted]
    present = [client for client in known.values() if client]
    if len(present) == 1:
        raise Failure("neither libtorrent nor aria2c is here, so there is nothing to compare with "
                      "(Debian: apt-get install python3-libtorrent aria2); --clients ahti measures Ahti alone")
    return present
