package ahti.testkit.swarm;

import ahti.core.Bitfield;
import ahti.core.BlockRef;
import ahti.core.MonotonicClock;
import ahti.testkit.net.SimulatedNetwork;
import ahti.testkit.net.Traffic;
import ahti.wire.PeerMessage;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.TreeMap;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/** Reads along on every connection of a swarm, keeps the books of both {@link Half}s, and lets {@link Rules} judge. */
final class Wiretap implements Traffic {
    private final Map<InetAddress, Member> members;
    private final int pieces;
    private final SimulatedNetwork network;
    private final MonotonicClock clock;
    private final Rules rules;
    private final Ledger ledger;
    private final TreeMap<Long, Pair> open = new TreeMap<>();

    private record Pair(Half dialler, Half acceptor) {
        Half of(boolean isDialler) {
            return isDialler ? dialler : acceptor;
        }
    }

    Wiretap(Map<InetAddress, Member> members, int pieces, SimulatedNetwork network, Rules rules, Ledger ledger) {
        this.members = members;
        this.pieces = pieces;
        this.network = network;
        this.clock = network.time().clock();
        this.rules = rules;
        this.ledger = ledger;
    }

    @Override
    public void opened(long connection, InetSocketAddress dialler, InetSocketAddress acceptor) {
        Member from = memberAt(dialler.getAddress());
        Member to = memberAt(acceptor.getAddress());
        if (from != null && to != null) {
            Pair pair = new Pair(
                    new Half(from, to, connection, pieces, () -> network.backlog(connection, true)),
                    new Half(to, from, connection, pieces, () -> network.backlog(connection, false)));
            open.put(connection, pair);
            ledger.of(from).add(pair.dialler());
            ledger.of(to).add(pair.acceptor());
        }
    }

    /** Members may have moved since. */
    private @Nullable Member memberAt(InetAddress address) {
        Member member = members.get(address);
        return member != null
                ? member
                : members.values().stream()
                        .filter(any -> any.host().address().equals(address))
                        .findFirst()
                        .orElse(null);
    }

    @Override
    public void over(long connection, boolean dialler, boolean broken) {
        Pair pair = open.get(connection);
        if (pair != null) {
            Half half = pair.of(dialler);
            ledger.of(half.member).freedAll(half, clock.nanos());
            ledger.of(half.member).remove(half);
            if (!ledger.of(pair.of(!dialler).member).halves().contains(pair.of(!dialler))) {
                open.remove(connection);
            }
        }
    }

    @Override
    public void sent(long connection, boolean byDialler, ByteString bytes) {
        Pair pair = open.get(connection);
        if (pair != null) {
            Half half = pair.of(byDialler);
            half.sent(bytes).forEach(message -> onSent(half, message));
        }
    }

    @Override
    public void arrived(long connection, boolean fromDialler, ByteString bytes) {
        Pair pair = open.get(connection);
        if (pair != null) {
            Half half = pair.of(!fromDialler);
            half.heard(bytes).forEach(message -> onHeard(half, message));
        }
    }

    private void onSent(Half half, PeerMessage message) {
        long now = clock.nanos();
        if (message instanceof PeerMessage.Request request) {
            // What leaves after a plain choke was heard is dropped at the other end: it had been returned before it
            // left.
            if (half.unchoked || half.isFast()) {
                rules.asks(half, request.block());
            }
            half.asks(request.block(), now);
            half.lastOwed = now;
        } else if (message instanceof PeerMessage.Cancel cancel) {
            half.tookBack.add(cancel.block().piece());
            ledger.of(half.member).freed(half, cancel.block(), now);
            half.lastOwed = now;
        } else if (message instanceof PeerMessage.Have have) {
            rules.claims(half, have.piece());
        } else if (message instanceof PeerMessage.BitfieldBytes bitfield) {
            claims(half, Bitfield.fromWire(bitfield.bytes().toArray(), pieces));
        } else if (message == PeerMessage.Possession.HAVE_ALL) {
            claims(half, Bitfield.all(pieces));
        } else if (message instanceof PeerMessage.Signal signal) {
            onSignalSent(half, signal);
        }
    }

    private void claims(Half half, Bitfield claimed) {
        for (int piece = 0; piece < pieces; piece++) {
            if (claimed.get(piece)) {
                rules.claims(half, piece);
            }
        }
    }

    private void onSignalSent(Half half, PeerMessage.Signal signal) {
        switch (signal) {
            case INTERESTED, NOT_INTERESTED -> {
                half.interested = signal == PeerMessage.Signal.INTERESTED;
                half.interestSince = clock.nanos();
            }
            case CHOKE, UNCHOKE -> {
                half.unchokes = signal == PeerMessage.Signal.UNCHOKE;
                ledger.choked(half, clock.nanos());
            }
        }
    }

    private void onHeard(Half half, PeerMessage message) {
        long now = clock.nanos();
        if (message instanceof PeerMessage.Piece piece) {
            BlockRef block = piece.block().ref();
            rules.answered(half, block);
            half.served(now, ledger.of(half.member).received(half, block));
            half.lastOwed = now;
        } else if (message instanceof PeerMessage.Have have) {
            if (half.known.add(have.piece())) {
                half.knownSince = now;
            }
        } else if (message instanceof PeerMessage.BitfieldBytes bitfield) {
            half.knows(Bitfield.fromWire(bitfield.bytes().toArray(), pieces), now);
        } else if (message == PeerMessage.Possession.HAVE_ALL) {
            half.knows(Bitfield.all(pieces), now);
        } else if (message instanceof PeerMessage.Reject reject) {
            rules.answered(half, reject.block());
            half.refused(now);
            // A reject of what was taken back says nothing of the same block, asked for anew since.
            if (!half.awaitsAnswer(reject.block())) {
                ledger.of(half.member).freed(half, reject.block(), now);
            }
            half.lastOwed = now;
        } else if (message == PeerMessage.Signal.CHOKE) {
            half.unchoked = false;
            ledger.of(half.member).chokes(now);
            if (!half.owed.isEmpty()) {
                half.refused(now);
            }
            if (!half.isFast()) {
                ledger.of(half.member).freedAll(half, now);
            }
        } else if (message == PeerMessage.Signal.UNCHOKE) {
            half.unchoked = true;
            half.unchokedSince = now;
        }
    }
}
