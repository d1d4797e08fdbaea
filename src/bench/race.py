"""One transfer: each client downloads from, or serves, the same other end."""
import os
import shutil
import sys
import time

from clients import Libtorrent, Peers, clients, python_with_libtorrent
from places import GIB, LOOPBACK, MIB, alone, free_port, touch_memory
from processes import stop_all, workplace
from tables import Failure, median, over, publish, spread, stamp, table
from torrents import Torrent


def watch(process, is_done, seconds, *others):
    """Samples memory until it is done; returns when that was."""
    deadline = time.monotonic() + seconds
    sampled = 0.0
    while True:
        done = is_done()
        if done:
            return done
        if process.poll() not in (None, 0):
            raise Failure(process.complaint("failed"))
        now = time.monotonic()
        if now > deadline:
            raise Failure(process.complaint("is not done after %d s" % seconds))
        if now - sampled > 0.1:
            sampled = now
            for one in (process,) + others:
                one.sample()
        time.sleep(0.004)


def patience(torrent):
    return 40 + torrent.size / (4 * MIB)


def race_leech(client, place, torrent):
    """One client downloads from the reference seeder; returns what that took."""
    out = os.path.join(place, "out")
    port, seeder_port = free_port(), free_port()
    os.makedirs(out)
    python = python_with_libtorrent()
    if python:
        seeder = Libtorrent(python).seed(place, torrent, seeder_port, "fast")
    else:
        seeder = Peers.start(place, "give", torrent, 1, 16, seeder_port)
        seeder.await_line("^ready", 30)
    try:
        before = seeder.cpu()
        process = client.leech(place, torrent, out, port, "%s:%d" % (LOOPBACK, seeder_port))
        if not client.dials:
            process.await_listening(port)
            seeder.say("%s:%d" % (LOOPBACK, port) if python else "dial %d" % port)
        done = watch(process, lambda: client.is_done(process), patience(torrent))
        spent = process.cpu()
        first = seeder.await_line("^first", 5)[0]
        other = seeder.cpu() - before
        process.stop()
        if not torrent.is_complete_in(out):
            raise Failure("%s says it is done, but the file is not what it should be" % client.name)
        return {"wall": done - process.began, "transfer": done - first, "start": first - process.began, "cpu": spent,
                "anon": process.anonymous / 1024, "other": other}
    finally:
        stop_all()
        shutil.rmtree(out, ignore_errors=True)


def race_seed(client, place, torrent):
    """One client serves the reference leecher; returns what that took."""
    out = os.path.join(place, "out")
    port, other_port = free_port(), free_port()
    os.makedirs(out)
    python = python_with_libtorrent()
    try:
        process = client.seed(place, torrent, port)
        before = process.cpu()
        if python:
            reference = Libtorrent(python)
            leecher = reference.leech(place, torrent, out, other_port, "%s:%d" % (LOOPBACK, port))
            is_done = lambda: reference.is_done(leecher)
        else:
            leecher = Peers.start(place, "take", torrent, 1, 256)
            leecher.say("mark %d" % torrent.size)
            leecher.say("dial %d" % port)
            is_done = lambda: (leecher.first("^mark") or [None])[0]
        done = watch(leecher, is_done, patience(torrent), process)
        spent = process.cpu() - before
        other = leecher.cpu()
        first = leecher.await_line("^first", 5)[0]
        leecher.stop()
        if python and not torrent.is_complete_in(out):
            raise Failure("what %s served is not what it should be" % client.name)
        return {"wall": done - leecher.began, "transfer": done - first, "start": first - leecher.began, "cpu": spent,
                "anon": process.anonymous / 1024, "other": other}
    finally:
        stop_all()
        shutil.rmtree(out, ignore_errors=True)


def interleaved(options, what, competitors, place, torrent, measure):
    """Rounds of everybody after everybody; results by name."""
    results = {client.name: [] for client in competitors}
    for turn in range(options.rounds):
        for client in competitors:
            print("%s, round %d of %d: %s…" % (what, turn + 1, options.rounds, client.name), file=sys.stderr, flush=True)
            with alone(options):
                touch_memory(place, torrent.touched)
                results[client.name].append(measure(client, place, torrent))
    return results


def race_table(role, results, torrent, reference):
    gib = torrent.size / GIB
    other = "seeder" if role == "leech" else "leecher"
    to = "/ " + reference
    base = {key: median([one[key] for one in results[reference]]) for key in ("wall", "transfer", "cpu")}
    rows = []
    for name, ones in results.items():
        middle = {key: median([one[key] for one in ones]) for key in ones[0]}
        row = [name, spread([one["transfer"] for one in ones]), "%.0f" % (torrent.size / 1e6 / middle["transfer"]),
               over(middle["transfer"], base["transfer"]), "%.2f" % (middle["cpu"] / gib), over(middle["cpu"], base["cpu"]),
               "%.2f" % middle["start"], "%.2f" % middle["wall"], over(middle["wall"], base["wall"]), "%.0f" % middle["anon"],
               "%.2f" % (middle["other"] / gib)]
        rows.append(row)
    return table(["client", "first byte to complete, s", "MB/s", to, "CPU s/GiB", to, "start to first byte, s",
                  "start to complete, s", to, "anon MiB", "CPU s/GiB of the " + other], rows)


def reference_of(competitors):
    names = [client.name for client in competitors]
    return next((name for name in ("libtorrent", "aria2c") if name in names), names[0])


ROLES = {"leech": ("Download", race_leech), "seed": ("Serve one peer", race_seed)}


def race(options, roles):
    """Both sides of a transfer; returns the text of the tables, and the figures."""
    competitors = clients(options)
    reference = reference_of(competitors)
    versions = ", ".join("%s %s" % (client.name, client.version().replace(client.name + " ", "")) for client in competitors)
    size = options.mib * MIB
    texts, data = [], {"mib": options.mib, "rounds": options.rounds, "versions": versions}
    with workplace(3 * size) as place:
        torrent = Torrent(place, "payload", size, options.piece_kib * 1024)
        for role in roles:
            what, measure = ROLES[role]
            data[role] = interleaved(options, what, competitors, place, torrent, measure)
            texts.append("%s of %d MiB, pieces of %d KiB, %s, medians of %d rounds (least–most):\n\n%s" % (
                what, options.mib, options.piece_kib, "in memory" if place.startswith("/dev/shm") else "in " + place, options.rounds,
                race_table(role, data[role], torrent, reference)))
    texts.append("Clients: %s. Times and costs: less is better. CPU of a download counts from the start of the process, that of serving from "
                 "where it was idle. Anonymous memory is the peak of what is no file's." % versions)
    return "\n\n".join(texts), data


def run_race(options):
    text, data = race(options, list(ROLES) if options.role == "both" else [options.role])
    publish("race", "Race", stamp() + "\n\n" + text, data)
