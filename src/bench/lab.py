"""The scripts of a lab of clients, with Ahti as one of them."""
import contextlib
import json
import os
import subprocess
import sys

from clients import many_peers
from processes import die_with_parent
from sheet import add_idle, add_races, of_each
from tables import Failure, OUT, ROOT


def lab_script(options, lab, script, *words):
    """Runs a script of the lab; returns what it wrote for programs, and its tables."""
    results = os.path.join(OUT, "lab-%s.json" % os.path.basename(script))
    with contextlib.suppress(OSError):
        os.remove(results)
    print("the lab's %s…" % script, file=sys.stderr, flush=True)
    ran = subprocess.Popen([os.path.join(lab, script), "--json", results] + list(words), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                           text=True, start_new_session=True, preexec_fn=die_with_parent)
    try:
        said = ran.communicate(timeout=options.time_limit)[0]
    except (subprocess.TimeoutExpired, KeyboardInterrupt, SystemExit):
        ran.terminate()
        ran.wait(30)
        raise
    if not os.path.exists(results):
        raise Failure("the lab's %s failed" % script)
    with open(results, encoding="utf-8") as file:
        found = json.load(file)["results"]
    return [one for one in found if not one.get("error")], said


def grouped(results, key=lambda one: True):
    groups = {}
    for one in results:
        if key(one):
            groups.setdefault(one["client"], []).append(one)
    return groups


def add_lab(sheet, options, lab):
    """The lab's own scripts, with Ahti as one of their clients."""
    # The lab gives every client a home of its own; the class-data archive is where it is.
    cache = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    ahti = "env XDG_CACHE_HOME=%s %s" % (cache, os.path.join(ROOT, "scripts", "ahti"))
    quiet = "-p {port} --bind 127.0.0.1 --no-trackers --no-dht --no-lpd --state none"
    get = "ahti=%s get {torrent} -d {outdir} --peer {peer} %s" % (ahti, quiet)
    seed = "ahti=%s seed {torrent} -d {datadir} %s" % (ahti, quiet)
    crowd_seed = "%s %s" % (seed, " ".join(many_peers(500)))
    member = "ahti=%s get {torrent} -d {outdir} %s --json --seed --up {up_bytes} {peerargs}" % (ahti, quiet)
    many = "ahti=sh -c 'exec %s get {torrents_dir}/*.torrent --seed -d {datadir} %s'" % (ahti, quiet)
    size = ["--mib", str(options.mib), "--rounds", str(options.rounds), "--clients", "libtorrent,aria2c"]
    texts = []

    def run(script, *words):
        found, said = lab_script(options, lab, script, *words)
        texts.append("`%s`\n\n%s" % (script, said.strip()))
        return found

    def measured(results):
        return {name: [{"transfer": one.get("xfer"), "wall": one["wall"], "cpu": one["cpu_u"] + one["cpu_s"], "anon": one["anon"]}
                       for one in ones] for name, ones in grouped(results).items()}

    leech = measured(run("race", *size, "--client", get))
    served = measured(run("race", "--role", "seed", "--check", *size, "--seeder-client", seed))
    add_races(sheet, leech, served, options.mib / 1024)
    found = grouped(run("shapes/manypeers", "--peers", "500", "--clients", "libtorrent", "--rounds", str(options.rounds), "--seeder-client", crowd_seed))
    sheet.add("serve 500 connected leechers, MB/s", of_each(found, "mbps"), "≥ 0.7 × libtorrent", form="%.0f")
    sheet.add("… fairness (Jain)", of_each(found, "jain"), "≥ 0.99")
    if os.getuid() == 0:
        found = run("shapes/latency", "--rtt", "50,100", "--loss", "0,1", "--clients", "libtorrent,aria2c", "--rounds", str(options.rounds), "--client", get)
        for loss in (0, 1):
            for rtt in (50, 100):
                times = of_each(grouped(found, lambda one: one["loss"] == loss and one["rtt"] == rtt), "xfer")
                sheet.add("400 Mbit/s, RTT %d ms, %d %% loss, %% of plain TCP" % (rtt, loss),
                          {name: 100 * times["tcp"] / at for name, at in times.items()}, "≥ libtorrent", form="%.0f")
    else:
        sheet.add("long link", {}, "needs root")
    found = grouped(run("shapes/swarm", "--n", "20", "--rounds", str(options.rounds), "--client", "libtorrent", "--client", member,
                        "--done", 'ahti=line:"event":"finished"'))
    sheet.add("swarm of 1 + 20, last finisher / ideal", of_each(found, "ratio"), "≤ 1.3")
    # One number at a time: the lab fills in the folder of torrents only once.
    found = grouped([one for count in ("100", "1000")
                     for one in run("shapes/idle", "--torrents", count, "--clients", "libtorrent", "--seconds", "12", "--seeder-client", many)])
    add_idle(sheet, {name: {one["torrents"]: (one["rss"], one["anon"], one["idle_cpu"]) for one in ones} for name, ones in found.items()})
    return "\n\n".join(texts)
