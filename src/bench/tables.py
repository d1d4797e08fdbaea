"""What every part needs: failures, tables, medians."""
import json
import os
import sys
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.realpath(__file__))))
OUT = os.path.join(ROOT, "target", "bench")


class Failure(Exception):
    """What the user has to know; ends the program with 1."""


def table(head, rows):
    """A table in Markdown; what is None is a dash."""
    rows = [["–" if cell is None else str(cell) for cell in row] for row in rows]
    widths = [max(len(cell) for cell in column) for column in zip(head, *rows)]
    lines = ["| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths)) + " |" for row in [head] + rows]
    return "\n".join([lines[0], "|" + "|".join("-" * (width + 2) for width in widths) + "|"] + lines[1:])


def publish(name, title, body, data):
    """Prints a table and keeps it, with what it was made of, in target/bench."""
    os.makedirs(OUT, exist_ok=True)
    text = "## %s\n\n%s\n" % (title, body)
    with open(os.path.join(OUT, name + ".md"), "w", encoding="utf-8") as file:
        file.write(text)
    if data is not None:
        with open(os.path.join(OUT, name + ".json"), "w", encoding="utf-8") as file:
            json.dump(data, file, indent=1)
    print("\n" + text)
    print("kept in %s.md" % os.path.join(OUT, name))
    return text


def command_line():
    return "scripts/bench " + " ".join(sys.argv[1:])


def stamp():
    return "`%s`, %s" % (command_line().strip(), time.strftime("%Y-%m-%d %H:%M %Z"))


def median(numbers):
    numbers = sorted(number for number in numbers if number is not None)
    if not numbers:
        return None
    middle = len(numbers) // 2
    return numbers[middle] if len(numbers) % 2 else (numbers[middle - 1] + numbers[middle]) / 2


def spread(numbers):
    return "%.2f (%.2f–%.2f)" % (median(numbers), min(numbers), max(numbers)) if numbers else None


def over(number, by):
    return "%.2f" % (number / by) if number is not None and by else None
