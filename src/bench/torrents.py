"""Payloads and their .torrent files."""
import hashlib
import os

from places import BLOCK, MIB


def bencode(value):
    if isinstance(value, int):
        return b"i%de" % value
    if isinstance(value, bytes):
        return b"%d:%s" % (len(value), value)
    if isinstance(value, list):
        return b"l%se" % b"".join(bencode(item) for item in value)
    return b"d%se" % b"".join(bencode(key) + bencode(value[key]) for key in sorted(value))


class Torrent:
    """A file of random bytes and its .torrent; or, of one block over and over, a torrent without a file."""

    def __init__(self, place, name, size, piece, repeated=False):
        self.size, self.piece, self.name = size, piece, name
        # Bytes that a measurement moves.
        self.touched = size
        self.path = os.path.join(place, name + ".torrent")
        self.data = os.path.join(place, name)
        self.sha1 = None
        if repeated:
            self.block = os.urandom(BLOCK)
            hashes = hashlib.sha1(self.block * (piece // BLOCK)).digest() * (size // piece)
        else:
            self.block = None
            whole, parts = hashlib.sha1(), []
            with open(self.data, "wb", buffering=0) as file:
                for at in range(0, size, piece):
                    some = os.urandom(min(piece, size - at))
                    file.write(some)
                    whole.update(some)
                    parts.append(hashlib.sha1(some).digest())
            self.sha1 = whole.digest()
            hashes = b"".join(parts)
        info = bencode({b"length": size, b"name": name.encode(), b"piece length": piece, b"pieces": hashes})
        self.info_hash = hashlib.sha1(info).hexdigest()
        with open(self.path, "wb") as file:
            file.write(b"d4:info" + info + b"e")

    def is_complete_in(self, directory):
        whole = hashlib.sha1()
        try:
            with open(os.path.join(directory, self.name), "rb", buffering=0) as file:
                for some in iter(lambda: file.read(MIB), b""):
                    whole.update(some)
        except OSError:
            return False
        return whole.digest() == self.sha1
