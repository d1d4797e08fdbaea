"""All measurements in one table."""
import os
import sys

from clients import clients
from crowds import crowd, swarm
from growth import growth_clients, growth_torrents
from lab import add_lab
from own import add_own
from places import MIB
from processes import workplace
from race import race
from sheet import Sheet, add_idle, add_races
from tables import Failure, OUT, publish, stamp
from torrents import Torrent


def add_alone(sheet, options):
    """What this script measures by itself."""
    compared = growth_clients(options)
    text, data = race(options, ["leech", "seed"])
    add_races(sheet, data["leech"], data["seed"], options.mib / 1024)
    with workplace(256 * MIB) as place:
        torrent = Torrent(place, "crowd", 256 * MIB, MIB)
        found = {client.name: crowd(options, client, place, torrent, 500) for client in compared}
    sheet.add("serve 500 connected leechers, MB/s", {name: one["rate"] for name, one in found.items()}, "≥ 0.7 × libtorrent", form="%.0f")
    sheet.add("… fairness (Jain)", {name: one["jain"] for name, one in found.items()}, "≥ 0.99")
    with workplace(24 * 64 * MIB) as place:
        torrent = Torrent(place, "swarm", 64 * MIB, 256 * 1024)
        found = {}
        for client in compared:
            print("swarm of 1 + 20: %s…" % client.name, file=sys.stderr, flush=True)
            found[client.name] = swarm(options, client, place, torrent, 20, 4 * MIB)
    sheet.add("swarm of 1 + 20, last finisher / ideal", found, "≤ 1.3")
    _, _, found = growth_torrents(options, (100, 1000))
    add_idle(sheet, {name: {count: (one["resident"], one["anon"], one["idle"]) for count, one in ones.items()} for name, ones in found.items()})
    return text


def run_table(options):
    lab = os.environ.get("AHTI_LAB")
    if lab and not os.access(os.path.join(lab, "race"), os.X_OK):
        raise Failure("AHTI_LAB=%s has no program race" % lab)
    growth_clients(options)
    for client in clients(options):
        client.version()
    os.makedirs(OUT, exist_ok=True)
    sheet = Sheet()
    details = add_lab(sheet, options, lab) if lab else add_alone(sheet, options)
    if not lab:
        sheet.add("long links with loss", {}, "needs the lab: AHTI_LAB")
    add_own(sheet, options)
    text = "%s, %d rounds, %s\n\n%s\n\n%s" % (stamp(), options.rounds, "with the lab" if lab else "without the lab", sheet.text(), details)
    publish("table", "Everything", text, {"rows": sheet.rows})
