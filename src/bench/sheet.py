"""The rows of the whole table."""

from tables import median, over, table


class Sheet:
    """The rows of the whole table: what was measured, of whom."""
    NAMES = ["libtorrent", "aria2c", "ahti"]

    def __init__(self):
        self.rows = []

    def add(self, work, figures, target, higher_is_better=False, form="%.2f"):
        """One row; the ratio is Ahti's to libtorrent's, as it stands."""
        ours, theirs = figures.get("ahti"), figures.get("libtorrent")
        cells = [form % figures[name] if figures.get(name) is not None else None for name in self.NAMES]
        self.rows.append([work] + cells + [over(ours, theirs) if ours is not None else None, target])

    def text(self):
        return table(["work"] + self.NAMES + ["ahti / libtorrent", "Ahti shall"], self.rows)


def of_each(results, key, scale=1.0):
    """The median of one figure, by client."""
    found = {}
    for name, ones in results.items():
        middle = median([one.get(key) for one in ones])
        if middle is not None:
            found[name] = middle * scale
    return found


def add_races(sheet, leech, seed, gib):
    sheet.add("download, first byte to complete, s", of_each(leech, "transfer"), "≤ libtorrent")
    sheet.add("… CPU s/GiB", of_each(leech, "cpu", 1 / gib), "≤ libtorrent, aim at aria2c")
    sheet.add("… process start to complete, s", of_each(leech, "wall"), "≤ 1.15 × libtorrent")
    sheet.add("… anonymous memory, MiB", of_each(leech, "anon"), "≤ 160", form="%.0f")
    sheet.add("serve one libtorrent, s", of_each(seed, "transfer"), "≤ libtorrent")
    sheet.add("… CPU s/GiB", of_each(seed, "cpu", 1 / gib), "≤ libtorrent")


def add_idle(sheet, found):
    """Rows of idle torrents, from (resident MiB, anonymous MiB, CPU %) by client and number."""
    most = {name: ones[max(ones)] for name, ones in found.items() if ones}
    sheet.add("1,000 idle torrents, resident MiB", {name: one[0] for name, one in most.items()}, "≤ 200", form="%.0f")
    sheet.add("… idle CPU %", {name: one[2] for name, one in most.items()}, "≤ 1.4")
    further = {name: (ones[max(ones)][1] - ones[min(ones)][1]) * 1024 / (max(ones) - min(ones))
               for name, ones in found.items() if len(ones) > 1}
    sheet.add("… each further torrent, KiB", further, "stated", form="%.0f")
