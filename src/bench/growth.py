"""What grows with pieces, peers and torrents."""
import os
import shutil
import sys
import time

from clients import Peers, clients, many_peers
from micro import jmh
from places import GIB, MIB, alone, free_port
from processes import stop_all, workplace
from race import interleaved, watch
from tables import Failure, median, publish, stamp, table
from torrents import Torrent


def fed(client, place, torrent, size, count):
    """A download from light peers, of which only the first part is measured, when all of them are connected."""
    out = os.path.join(place, "out")
    port = free_port()
    os.makedirs(out)
    try:
        seeders = Peers.start(place, "give", torrent, count)
        seeders.await_line("^ready", 30)
        if client.name == "ahti":
            process = client.leech(place, torrent, out, port, None, many_peers(count))
        else:
            process = client.leech(place, torrent, out, port)
        process.await_listening(port)
        seeders.say("wait")
        seeders.say("dial %d" % port)
        seeders.await_line("^interesting %d$" % count, 60)
        seeders.say("mark %d" % size)
        before = process.cpu()
        seeders.say("go")
        first = seeders.await_line("^first", 20)[0]
        done = watch(process, lambda: (seeders.first("^mark") or [None])[0], 60 + size / (2 * MIB))
        spent = process.cpu() - before
        process.sample()
        return {"transfer": done - first, "cpu": spent, "anon": process.anonymous / 1024}
    finally:
        stop_all()
        shutil.rmtree(out, ignore_errors=True)


def growth_rows(options, place, torrent, size, count, head):
    results = interleaved(options, " ".join(head), growth_clients(options), place, torrent,
                          lambda client, place, torrent: fed(client, place, torrent, size, count))
    ahti = {key: median([one[key] for one in results["ahti"]]) for key in ("transfer", "cpu", "anon")}
    row = head + ["%.0f" % (size / 1e6 / ahti["transfer"]), "%.2f" % (ahti["cpu"] * GIB / size), "%.0f" % ahti["anon"]]
    if "libtorrent" in results:
        other = {key: median([one[key] for one in results["libtorrent"]]) for key in ("transfer", "cpu")}
        row += ["%.0f" % (size / 1e6 / other["transfer"]), "%.2f" % (other["cpu"] * GIB / size)]
    else:
        row += [None, None]
    return row


def growth_clients(options):
    """Ahti, and libtorrent if it may and can be compared with."""
    found = [client for client in clients(options) if client.name in ("ahti", "libtorrent")]
    if not any(client.name == "ahti" for client in found):
        raise Failure("this is about Ahti: --clients has to name it")
    return found


GROWTH_HEAD = ["MB/s", "CPU s/GiB", "anon MiB", "MB/s, libtorrent", "CPU s/GiB, libtorrent"]


def growth_pieces(options):
    """Rate as the pieces of a torrent become more. All of it is wanted; of large ones the first part is timed."""
    size = options.mib * MIB
    rows = []
    for pieces, kib in ((1_000, 256), (16_000, 16), (100_000, 16), (1_000_000, 16)):
        pieces = max(pieces, -(-size // (kib * 1024)) + 64)
        with workplace(2 * size) as place:
            free = shutil.disk_usage(place).free
            if pieces * kib * 1024 > free:
                rows.append(["{:,}".format(pieces), "%d KiB" % kib] + [None] * 5)
                print("bench: a torrent of %d GiB does not fit into %s, be it empty: left out" % (pieces * kib >> 20, place), file=sys.stderr)
                continue
            torrent = Torrent(place, "growing", pieces * kib * 1024, kib * 1024, repeated=True)
            torrent.touched = size
            rows.append(growth_rows(options, place, torrent, size, 1, ["{:,}".format(pieces), "%d KiB" % kib]))
    return ("The first %d MiB of a torrent of so many pieces, from one light peer that has all:" % options.mib,
            table(["pieces", "of"] + GROWTH_HEAD, rows))


def growth_peers(options):
    """Rate as the peers that give become more."""
    size = options.mib * MIB
    kib = 256
    pieces = -(-size // (kib * 1024)) + 64
    rows = []
    with workplace(2 * size) as place:
        torrent = Torrent(place, "growing", pieces * kib * 1024, kib * 1024, repeated=True)
        torrent.touched = size
        for count in (1, 50, 500):
            rows.append(growth_rows(options, place, torrent, size, count, [str(count)]))
    return ("%d MiB, pieces of %d KiB, from so many light peers, each of which lacks another piece (a single one has all):"
            % (options.mib, kib), table(["peers"] + GROWTH_HEAD, rows))


def make_small(place, count, size=128 * 1024):
    """Many torrents of one small file each."""
    data = os.path.join(place, "many")
    os.makedirs(data)
    return data, [Torrent(data, "t%05d" % number, size, size // 2) for number in range(count)]


def idle(client, place, data, torrents, seconds):
    """Seeds torrents that nobody asks for; returns what that costs."""
    port = free_port()
    try:
        process = client.seed_many(place, data, torrents, port)
        process.await_listening(port, 120)
        start = process.await_idle(1.5, 300) - process.began
        time.sleep(3)
        before, at = process.cpu(), time.monotonic()
        time.sleep(seconds)
        share = (process.cpu() - before) / (time.monotonic() - at)
        process.sample()
        return {"start": start, "idle": 100 * share, "resident": process.memory("VmRSS") / 1024, "anon": process.anonymous / 1024}
    finally:
        stop_all()


def growth_torrents(options, counts=(1, 100, 1000), seconds=8):
    """Memory as torrents become more; returns a sentence, a table and the figures."""
    rows, data = [], {}
    last = None
    for count in counts:
        with workplace(count * 300 * 1024 + 64 * MIB) as place:
            directory, torrents = make_small(place, count)
            for client in growth_clients(options):
                print("%d idle torrents: %s…" % (count, client.name), file=sys.stderr, flush=True)
                with alone(options):
                    one = idle(client, place, directory, torrents, seconds)
                data.setdefault(client.name, {})[count] = one
                rows.append([client.name, str(count), "%.2f" % one["start"], "%.0f" % one["resident"], "%.0f" % one["anon"], "%.1f" % one["idle"]])
    rows.sort(key=lambda row: row[0] != "ahti")
    text = "So many idle torrents of 128 KiB in one process, %d s:" % seconds
    ours = data.get("ahti", {})
    if len(ours) > 1:
        few, many = min(ours), max(ours)
        last = (ours[many]["anon"] - ours[few]["anon"]) * 1024 / (many - few)
        text = text[:-1] + "; each further torrent of Ahti's takes %.0f KiB (from %d to %d, heap as the collector left it):" % (last, few, many)
    return text, table(["client", "torrents", "start s", "resident MiB", "anon MiB", "idle CPU %"], rows), data


def growth_picker(options):
    """Time of a decision of the picker, by JMH."""
    options.filter, options.build_only, options.time_limit = "PickerBenchmark", False, 900
    found = {}
    for one in jmh(options):
        found.setdefault(one["params"]["swarm"], {})[one["benchmark"].rpartition(".")[2]] = one["primaryMetric"]["score"]
    rows = [["{:,}".format(int(swarm.split("x")[0])), "{:,}".format(int(swarm.split("x")[1]))] +
            ["%.2f" % times[name] if name in times else None for name in ("deliver", "have", "joinAndLeave")]
            for swarm, times in found.items()]
    return ("Microseconds of the picker (JMH): for a block that comes and the next that is chosen, for a Have, and for a peer that comes with "
            "a bitfield and goes:", table(["pieces", "peers", "block", "Have", "peer"], rows))


PARTS = {"pieces": growth_pieces, "peers": growth_peers, "torrents": growth_torrents, "picker": growth_picker}


def run_growth(options):
    parts = options.parts.split(",")
    for part in parts:
        if part not in PARTS:
            raise Failure("no part %s: there are %s" % (part, ", ".join(PARTS)))
    for client in growth_clients(options):
        client.version()
    texts = ["%s\n\n%s" % PARTS[part](options)[:2] for part in parts]
    publish("growth", "Growth", stamp() + ", medians of %d rounds\n\n" % options.rounds + "\n\n".join(texts), None)
