"""Many at the same time: peers that take, and a swarm."""
import json
import os
import shutil
import time

from clients import Ahti, Libtorrent, Peers, many_peers, python_with_libtorrent
from places import GIB, LOOPBACK, alone, free_port
from processes import stop_all
from tables import Failure


def crowd(options, client, place, torrent, count, seconds=6):
    """Serves so many light peers; returns the rate, and how equally they were served."""
    port = free_port()
    with alone(options):
        try:
            process = client.seed(place, torrent, port, *(many_peers(count) if client.name == "ahti" else ()))
            peers = Peers.start(place, "take", torrent, count, 16)
            peers.await_line("^ready", 30)
            peers.say("dial %d" % port)
            peers.await_line("^shaken %d$" % count, 40)
            time.sleep(4)
            counts = []
            for _ in range(2):
                had = len(counts)
                peers.say("counts %d" % had)
                at, line = peers.await_line('^{"number": %d' % had, 10)
                counts.append((at, json.loads(line.string)["moved"], process.cpu()))
                if not had:
                    time.sleep(seconds)
            moved = [after - before for before, after in zip(counts[0][1], counts[1][1])]
            total, squares = sum(moved), sum(one * one for one in moved)
            if not total:
                raise Failure(process.complaint("serves nobody"))
            return {"rate": total / 1e6 / (counts[1][0] - counts[0][0]), "jain": total * total / (count * squares),
                    "cpu": (counts[1][2] - counts[0][2]) * GIB / total}
        finally:
            stop_all()


def swarm(options, client, place, torrent, count, rate):
    """One seeder and so many leechers, which send at most `rate` bytes per second each; seconds until the last has all."""
    python = python_with_libtorrent()
    seeder_port, ports = free_port(), []
    while len(ports) < count:
        ports += [port for port in [free_port()] if port not in ports + [seeder_port]]
    addresses = ["%s:%d" % (LOOPBACK, port) for port in [seeder_port] + ports]
    with alone(options):
        try:
            if python:
                Libtorrent(python).seed(place, torrent, seeder_port, "up=%d" % rate)
            else:
                Ahti().seed(place, torrent, seeder_port, "--up", str(rate))
            leechers = []
            began = time.monotonic()
            for number, port in enumerate(ports):
                home = os.path.join(place, "member%d" % number)
                os.makedirs(os.path.join(home, "out"))
                others = [address for address in addresses if address != addresses[number + 1]]
                leechers.append(client.member(home, torrent, os.path.join(home, "out"), port, others, rate))
            deadline = began + 60 + 6 * torrent.size / rate
            while not all(one.first(client.complete) for one in leechers):
                broken = [one for one in leechers if one.poll() not in (None, 0)]
                if broken or time.monotonic() > deadline:
                    raise Failure((broken or leechers)[0].complaint("failed, or took too long"))
                time.sleep(0.05)
            ideal = max(torrent.size / rate, count * torrent.size / (rate + count * rate))
            return (max(one.first(client.complete)[0] for one in leechers) - began) / ideal
        finally:
            stop_all()
            for number in range(count):
                shutil.rmtree(os.path.join(place, "member%d" % number), ignore_errors=True)
