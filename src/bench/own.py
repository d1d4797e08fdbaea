"""Starts of commands, and checks of what is there."""
import hashlib
import mmap
import os
import shutil
import socket
import subprocess
import threading
import time

from clients import Ahti, clients
from places import LOOPBACK, MIB, alone, free_port
from processes import workplace
from tables import Failure, median
from torrents import Torrent


def starts(options, place, torrent):
    """Seconds from the start of the command to its end, or to the first handshake of a download."""
    ahti = Ahti()
    found = {"help": [], "info": [], "handshake": []}
    for _ in range(max(5, options.rounds)):
        with alone(options):
            for name, words in (("help", ["--help"]), ("info", ["info", torrent.path])):
                began = time.monotonic()
                subprocess.run([ahti.command] + words, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, timeout=60, check=True)
                found[name].append(time.monotonic() - began)
            with socket.create_server((LOOPBACK, 0)) as listener:
                listener.settimeout(20)
                out = os.path.join(place, "start")
                process = ahti.leech(place, torrent, out, free_port(), "%s:%d" % listener.getsockname())
                try:
                    with listener.accept()[0] as connection:
                        connection.settimeout(20)
                        got = connection.recv(68)
                        if not got.startswith(b"\x13BitTorrent protocol"):
                            raise Failure("no handshake came from ahti get")
                        found["handshake"].append(time.monotonic() - process.began)
                except OSError:
                    raise Failure(process.complaint("dials nobody"))
                finally:
                    process.stop()
                    shutil.rmtree(out, ignore_errors=True)
    return found


def hash_limit(torrent):
    """Seconds that all cores need for SHA-1 of the file, piece by piece, when nothing else is to be done."""
    with open(torrent.data, "rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        with memoryview(data) as view:
            def digest(first, step):
                for at in range(first * torrent.piece, torrent.size, step * torrent.piece):
                    hashlib.sha1(view[at:at + torrent.piece]).digest()
            cores = len(os.sched_getaffinity(0))
            threads = [threading.Thread(target=digest, args=(core, cores)) for core in range(cores)]
            began = time.monotonic()
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            return time.monotonic() - began


def rechecks(options, place, torrent):
    """Seconds from the start of a process until it has found that all data are good; and what hashing alone takes."""
    present = {client.name: client for client in clients(options)}
    directory = os.path.dirname(torrent.data)
    found = {"limit": []}
    for _ in range(options.rounds):
        with alone(options):
            found["limit"].append(hash_limit(torrent))
            commands = {"ahti": [Ahti().command, "verify", "--quiet", torrent.path, directory]}
            if "aria2c" in present:
                commands["aria2c"] = present["aria2c"].argv(directory, free_port()) + ["-V", "--hash-check-only=true", torrent.path]
            for name, argv in commands.items():
                began = time.monotonic()
                subprocess.run(argv, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=300, check=True)
                found.setdefault(name, []).append(time.monotonic() - began)
            if "libtorrent" in present:
                process = present["libtorrent"].seed(place, torrent, free_port())
                found.setdefault("libtorrent", []).append(process.await_line("^ready", 1)[0] - process.began)
                process.stop()
    return {name: median(times) for name, times in found.items()}


def add_own(sheet, options):
    """What no lab measures: commands, and checking what is there."""
    size = options.mib * MIB
    with workplace(2 * size) as place:
        torrent = Torrent(place, "checked", size, MIB)
        checked = rechecks(options, place, torrent)
        sheet.add("re-check of %d MiB, start to end, s" % options.mib, checked, "≥ 0.9 of the hash limit's rate")
        sheet.add("… hashing alone on all cores, s", {"ahti": checked["limit"]}, "the limit")
        found = starts(options, place, torrent)
    for name, words, target in (("help", "ahti --help", 0.2), ("info", "ahti info", 0.2), ("handshake", "ahti get to first handshake", 0.6)):
        sheet.add("%s, s" % words, {"ahti": median(found[name])}, "≤ %.1f" % target)
