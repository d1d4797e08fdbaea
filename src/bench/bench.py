"""Measures how fast Ahti is, and writes tables to target/bench.

Python 3.9 or later, standard library only. Everything happens on this machine, over loopback.
"""
import argparse
import signal
import sys

from everything import run_table
from growth import PARTS, run_growth
from micro import run_jmh
from race import run_race
from tables import Failure


def positive(text):
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("%s is less than 1" % text)
    return number


def parser():
    top = argparse.ArgumentParser(prog="scripts/bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter,
                                  epilog="scripts/bench alone is scripts/bench race. scripts/bench COMMAND --help lists its options.")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", required=True)

    def command(name, run, text):
        added = commands.add_parser(name, help=text[0].lower() + text[1:].rstrip("."), description=text)
        added.set_defaults(run=run)
        return added

    def common(added, mib, rounds):
        added.add_argument("--mib", type=positive, default=mib, metavar="N", help="MiB to transfer (default: %(default)s)")
        added.add_argument("--rounds", type=positive, default=rounds, metavar="N", help="measurements of each (default: %(default)s)")
        added.add_argument("--lock", metavar="FILE", help="hold a lock on FILE during each measurement, where others measure, too")

    one = command("race", run_race, "Race Ahti beside libtorrent and aria2c, where they are installed: downloading and serving.")
    common(one, 1024, 3)
    one.add_argument("--role", choices=["leech", "seed", "both"], default="both", help="what each client does (default: %(default)s)")
    one.add_argument("--clients", metavar="NAMES", help="of ahti, libtorrent, aria2c; default: all that are installed")
    one.add_argument("--piece-kib", type=positive, default=1024, metavar="N", help="KiB of a piece (default: %(default)s)")

    one = command("growth", run_growth, "Show what grows with pieces, peers and torrents: rate, memory, time of the picker.")
    common(one, 240, 3)
    one.add_argument("--parts", default=",".join(PARTS), metavar="NAMES", help="of %(default)s; default: all")
    one.add_argument("--clients", metavar="NAMES", help="of ahti, libtorrent; default: those that are installed")
    one.add_argument("--quick", action="store_true", help="shorter microbenchmarks, less exact")

    one = command("table", run_table, "Measure everything once more and make one table: transfers, crowds, a swarm, idle torrents, re-checks, starts. "
                  "With the environment variable AHTI_LAB, the folder of a lab of clients, its scripts race, shapes/manypeers, "
                  "shapes/latency, shapes/swarm and shapes/idle do what they can do, also over long links.")
    common(one, 1024, 3)
    one.add_argument("--clients", metavar="NAMES", help="of ahti, libtorrent, aria2c; default: all that are installed")
    one.add_argument("--piece-kib", type=positive, default=1024, metavar="N", help=argparse.SUPPRESS)
    one.add_argument("--time-limit", type=positive, default=1800, metavar="SECONDS",
                     help="give up when one script of the lab takes longer (default: %(default)s)")

    one = command("jmh", run_jmh, "Run the microbenchmarks of src/jmh: codec, picker, digests, bitfields.")
    one.add_argument("filter", nargs="?", metavar="FILTER", help="only benchmarks whose names this regular expression finds")
    one.add_argument("--quick", action="store_true", help="a third of the time, and less exact")
    one.add_argument("--build-only", action="store_true", help="compile the benchmarks and run none")
    one.add_argument("--time-limit", type=positive, default=1200, metavar="SECONDS", help="give up after this time (default: %(default)s)")
    return top


def main():
    words = sys.argv[1:]
    if not words or (words[0].startswith("-") and words[0] not in ("-h", "--help")):
        words = ["race"] + words
    options = parser().parse_args(words)
    for ending in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(ending, lambda number, frame: sys.exit(128 + number))
    try:
        options.run(options)
    except Failure as failure:
        print("bench: %s" % failure, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("bench: stopped", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
