"""Light peers as a program: give|take INFO-HASH SIZE PIECE FILE [COUNT [DEPTH [PORT]]]."""
import collections
import itertools
import json
import mmap
import os
import random
import selectors
import socket
import struct
import sys

LOOPBACK = "127.0.0.1"
BLOCK = 16384
READ = 1 << 20


FRAME = struct.Struct(">IB")
REQUESTED = struct.Struct(">III")
GIVEN = struct.Struct(">IBII")
ASKED = struct.Struct(">IBIII")
UNCHOKE = memoryview(b"\0\0\0\1\1")


class Light:
    """One connection of this program: the wire protocol, as far as giving and taking blocks needs it."""
    UNCHOKE, INTERESTED, REQUEST, PIECE = 1, 2, 6, 7

    def __init__(self, swarm, connection, number):
        self.swarm, self.connection, self.number = swarm, connection, number
        self.unread = bytearray()
        self.unsent = collections.deque([memoryview(swarm.handshake(number))])
        # Bytes that are still to come of a block whose head was seen.
        self.skipping = 0
        self.shaken = False
        self.choked = True
        self.moved = 0
        self.cursor = random.Random(number).randrange(swarm.pieces) * swarm.blocks_per_piece
        connection.setblocking(False)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def read(self):
        """Takes what is there; false when the connection is over."""
        try:
            size = self.connection.recv_into(self.swarm.buffer)
        except BlockingIOError:
            return True
        except OSError:
            return False
        if not size:
            return False
        start = min(size, self.skipping)
        if start:
            self.skipping -= start
            if not self.skipping:
                self.took(1)
        read = self.swarm.buffer_view[start:size]
        data = self.unread + read if self.unread else read
        if self.shaken or len(data) >= 68:
            at = self.frames(data, 0 if self.shaken else 68)
            self.unread = bytearray(data[at:])
        else:
            self.unread = bytearray(data)
        return self.write()

    def frames(self, data, at):
        """Does what complete frames say; returns where the first incomplete one begins."""
        if not self.shaken:
            self.shaken = True
            # Not before: aria2 takes nothing that comes together with the handshake.
            self.unsent.append(memoryview(self.swarm.first_word(self.number)))
            self.swarm.shook()
        end = len(data)
        taken = 0
        while end - at >= 5:
            length, kind = FRAME.unpack_from(data, at)
            if not length:
                at += 4
                continue
            if end - at - 4 < length:
                if kind != self.PIECE:
                    break
                self.skipping = 4 + length - (end - at)
                at = end
                break
            if kind == self.REQUEST:
                self.give(*REQUESTED.unpack_from(data, at + 5))
            elif kind == self.PIECE:
                taken += 1
            elif kind == self.INTERESTED:
                self.swarm.interesting(self)
            elif kind == self.UNCHOKE and self.choked and self.swarm.takes:
                self.choked = False
                self.ask(self.swarm.depth)
            at += 4 + length
        if taken:
            self.took(taken)
        return at

    def took(self, blocks):
        self.swarm.count(self, blocks * BLOCK)
        self.ask(blocks)

    def give(self, piece, offset, length):
        self.unsent.append(memoryview(GIVEN.pack(9 + length, self.PIECE, piece, offset)))
        self.unsent.append(self.swarm.bytes_at(piece * self.swarm.piece + offset, length))
        self.swarm.count(self, length)

    def ask(self, blocks):
        asked = []
        for _ in range(blocks):
            piece, block = divmod(self.cursor, self.swarm.blocks_per_piece)
            asked.append(ASKED.pack(13, self.REQUEST, piece, block * BLOCK, BLOCK))
            self.cursor = (self.cursor + 1) % (self.swarm.pieces * self.swarm.blocks_per_piece)
        self.unsent.append(memoryview(b"".join(asked)))

    def write(self):
        while self.unsent:
            try:
                sent = self.connection.sendmsg(list(itertools.islice(self.unsent, 256)))
            except BlockingIOError:
                break
            except OSError:
                return False
            while sent and sent >= len(self.unsent[0]):
                sent -= len(self.unsent.popleft())
            if sent:
                self.unsent[0] = self.unsent[0][sent:]
        self.swarm.watch(self)
        return True


class LightSwarm:
    """All connections of this program, on one thread."""

    def __init__(self, takes, info_hash, size, piece, source, count, depth):
        self.takes, self.info_hash, self.piece, self.count_of_peers, self.depth = takes, bytes.fromhex(info_hash), piece, count, depth
        self.pieces, self.blocks_per_piece = -(-size // piece), piece // BLOCK
        with open(source, "rb") as file:
            self.data = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
        self.repeated = len(self.data) < size
        self.buffer = bytearray(READ)
        self.buffer_view = memoryview(self.buffer)
        self.selector = selectors.DefaultSelector()
        self.peers = []
        self.numbers = itertools.count()
        self.shaken = 0
        self.interested = []
        self.dialled = None
        self.open = True
        self.total = 0
        self.marks = []

    def handshake(self, number):
        return b"\x13BitTorrent protocol" + bytes(8) + self.info_hash + b"-AB0000-%012d" % number

    def first_word(self, number):
        """That it is interested, or its bitfield."""
        if self.takes:
            return b"\0\0\0\1\2"
        # All pieces. Of several peers each lacks a piece of its own: what has everything is a special case for pickers.
        has = bytearray(b"\xff" * ((self.pieces + 7) // 8))
        has[-1] &= 0xff << (-self.pieces % 8) & 0xff
        if self.count_of_peers > 1:
            lacks = number % self.pieces
            has[lacks // 8] &= ~(0x80 >> lacks % 8)
        return FRAME.pack(1 + len(has), 5) + bytes(has)

    def bytes_at(self, at, length):
        if self.repeated:
            at %= BLOCK
        return self.data[at:at + length]

    def count(self, peer, length):
        if not self.total:
            print("first", flush=True)
        peer.moved += length
        self.total += length
        while self.marks and self.total >= self.marks[0]:
            print("mark %d" % self.marks.pop(0), flush=True)

    def shook(self):
        self.shaken += 1
        print("shaken %d" % self.shaken, flush=True)

    def interesting(self, peer):
        self.interested.append(peer)
        print("interesting %d" % len(self.interested), flush=True)
        if self.open:
            peer.unsent.append(UNCHOKE)

    def go(self):
        self.open = True
        for peer in self.interested:
            peer.unsent.append(UNCHOKE)
            peer.write()

    def add(self, connection):
        peer = Light(self, connection, next(self.numbers))
        self.peers.append(peer)
        self.selector.register(connection, selectors.EVENT_READ | selectors.EVENT_WRITE, peer)

    def watch(self, peer):
        wanted = selectors.EVENT_READ | (selectors.EVENT_WRITE if peer.unsent else 0)
        if self.selector.get_key(peer.connection).events != wanted:
            self.selector.modify(peer.connection, wanted, peer)

    def dial(self):
        # A few at a time: a queue of the system that is full would cost seconds.
        while len(self.peers) < min(self.count_of_peers, self.shaken + 16):
            connection = socket.socket()
            connection.setblocking(False)
            connection.connect_ex((LOOPBACK, self.dialled))
            self.add(connection)

    def close(self, peer):
        """Whoever does not know the torrent yet is dialled again."""
        self.selector.unregister(peer.connection)
        peer.connection.close()
        if self.dialled and not peer.shaken:
            self.peers.remove(peer)

    def obey(self, line):
        word, _, number = line.partition(" ")
        if word == "dial":
            self.dialled = int(number)
        elif word == "mark":
            self.marks.append(int(number))
        elif word == "wait":
            self.open = False
        elif word == "go":
            self.go()
        elif word == "counts":
            print(json.dumps({"number": int(number), "moved": [peer.moved for peer in self.peers]}), flush=True)

    def run(self, listener):
        self.selector.register(0, selectors.EVENT_READ, "stdin")
        if listener:
            self.selector.register(listener, selectors.EVENT_READ, "listener")
        print("ready", flush=True)
        while True:
            if self.dialled and len(self.peers) < self.count_of_peers:
                self.dial()
            for key, events in self.selector.select(0.02 if self.shaken < self.count_of_peers else None):
                if key.data == "stdin":
                    said = os.read(0, 4096)
                    if not said:
                        return
                    for line in said.decode().split("\n"):
                        self.obey(line)
                elif key.data == "listener":
                    self.add(listener.accept()[0])
                elif not self.serve(key.data, events):
                    self.close(key.data)

    @staticmethod
    def serve(peer, events):
        return (not events & selectors.EVENT_WRITE or peer.write()) and (not events & selectors.EVENT_READ or peer.read())


def run(role, info_hash, size, piece, source, count="1", depth="16", port="0"):
    """Light peers: "give" or "take". Standard input says whom to dial, and asks; its end is theirs."""
    swarm = LightSwarm(role == "take", info_hash, int(size), int(piece), source, int(count), int(depth))
    listener = None
    if int(port):
        listener = socket.create_server((LOOPBACK, int(port)), backlog=1024)
        listener.setblocking(False)
    swarm.run(listener)


if __name__ == "__main__":
    run(*sys.argv[1:])
