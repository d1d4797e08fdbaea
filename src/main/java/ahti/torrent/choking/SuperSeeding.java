package ahti.torrent.choking;

import ahti.core.ConnectionId;
import ahti.core.PieceSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * Super-seeding (BEP 16): the only seed pretends to have nothing, and shows each peer two pieces that nobody has; the next only
 * when another peer has announced one of them. So nearly nothing is sent twice before everything has been sent once, and
 * who passes nothing on gets little more.
 *
 * <p>While a peer has not fetched what it was shown, nobody else is shown that piece, unless it takes very long. A peer that is
 * the only one connected has nobody to pass a piece on to, and is shown more when it has some. Once every piece is in
 * the swarm there is nothing left to hold back, and everything is shown. Pure: {@link Show} says what to do.
 */
public final class SuperSeeding {
    private static final int NONE = -1;

    /** Pieces that a peer may have open: while it fetches one, it knows of the next, and needs not lose interest. */
    private static final int AHEAD = 2;

    /** The same of a peer that is the only one: some take seconds to be interested again ... */
    private static final int AHEAD_ALONE = 64;

    /** ... when it has been so for a while: where many come, one comes first. */
    private static final long SETTLED = Duration.ofSeconds(5).toNanos();

    /**
     * A piece that a peer was shown, and has not fetched after so long, may be shown to another; a peer that has it, and has
     * not passed it on, is shown another.
     */
    private static final long PATIENCE = Duration.ofMinutes(2).toNanos();

    private final RandomGenerator random;
    /** By piece: how many connected peers have it. */
    private final int[] copies;
    /** Pieces that no connected peer has. */
    private int missing;

    /** Pieces that no connected peer has or was shown lately. */
    private final PieceSet hidden;

    /** Who was shown a piece last, and when; only while it has not fetched it. */
    private final Map<Integer, Shown> underWay = new TreeMap<>();

    private final Map<ConnectionId, Peer> peers = new LinkedHashMap<>();
    /** Since when there have been so many peers. */
    private long countSince;

    /** Show that peer that we have this piece. */
    public record Show(ConnectionId to, int piece) {}

    private record Shown(ConnectionId to, long atNanos) {}

    private static final class Peer {
        private final PieceSet has;
        private final PieceSet shown;
        /** Pieces that it was shown, as long as no other has announced them, and when that was. */
        private final Map<Integer, Long> open = new TreeMap<>();

        Peer(int pieces) {
            has = new PieceSet(pieces);
            shown = new PieceSet(pieces);
        }
    }

    /** Nobody is connected, nothing was shown. */
    public SuperSeeding(int pieces, RandomGenerator random) {
        this.random = random;
        this.copies = new int[pieces];
        this.missing = pieces;
        this.hidden = new PieceSet(pieces);
        for (int piece = 0; piece < pieces; piece++) {
            hidden.add(piece);
        }
    }

    /** A peer is connected; it has nothing until it says so. */
    public List<Show> joined(ConnectionId id, long nowNanos) {
        peers.put(id, new Peer(copies.length));
        countSince = nowNanos;
        return showMore(nowNanos);
    }

    /** A peer is gone, and its copies with it. What it was shown in vain may be shown again. */
    public List<Show> left(ConnectionId id, long nowNanos) {
        Peer peer = peers.remove(id);
        if (peer == null) {
            return List.of();
        }
        countSince = nowNanos;
        for (int piece = peer.has.nextSet(0); piece >= 0; piece = peer.has.nextSet(piece + 1)) {
            copies[piece]--;
            missing += copies[piece] == 0 ? 1 : 0;
            hide(piece);
        }
        giveUp(shown -> shown.to().equals(id));
        return showMore(nowNanos);
    }

    /** A peer announced pieces. */
    public List<Show> gained(ConnectionId id, List<Integer> pieces, long nowNanos) {
        Peer peer = peers.get(id);
        if (peer == null) {
            return List.of();
        }
        for (int piece : pieces) {
            if (peer.has.add(piece)) {
                missing -= copies[piece] == 0 ? 1 : 0;
                copies[piece]++;
                underWay.remove(piece);
                hidden.remove(piece);
            }
        }
        return showMore(nowNanos);
    }

    /** Time has passed: what was shown long ago in vain is shown to others. */
    public List<Show> passed(long nowNanos) {
        giveUp(shown -> nowNanos - shown.atNanos() >= PATIENCE);
        return showMore(nowNanos);
    }

    private List<Show> showMore(long now) {
        List<Show> shows = new ArrayList<>();
        if (missing == 0) {
            peers.forEach((id, peer) -> showAll(id, peer, shows));
            return shows;
        }
        boolean isAlone = peers.size() == 1 && now - countSince >= SETTLED;
        int most = isAlone ? AHEAD_ALONE : AHEAD;
        peers.forEach((id, peer) -> {
            peer.open.entrySet().removeIf(open -> isDone(peer, open.getKey(), open.getValue(), now));
            int piece = 0;
            while (piece != NONE && peer.open.size() < most) {
                piece = next(peer);
                if (piece != NONE) {
                    hidden.remove(piece);
                    peer.shown.add(piece);
                    peer.open.put(piece, now);
                    underWay.put(piece, new Shown(id, now));
                    shows.add(new Show(id, piece));
                }
            }
        });
        return shows;
    }

    private static void showAll(ConnectionId id, Peer peer, List<Show> shows) {
        for (int piece = peer.shown.nextClear(0); piece >= 0; piece = peer.shown.nextClear(piece + 1)) {
            peer.shown.add(piece);
            if (!peer.has.contains(piece)) {
                shows.add(new Show(id, piece));
            }
        }
    }

    /**
     * Whether another peer has what this one was shown. Or it has it, and there is no other, or none that came for it for long:
     * it may know nobody who could.
     */
    private boolean isDone(Peer peer, int piece, long since, long now) {
        boolean has = peer.has.contains(piece);
        return copies[piece] > (has ? 1 : 0) || (has && (peers.size() == 1 || now - since >= PATIENCE));
    }

    /** By lot one of those that nobody has or is about to have. */
    private int next(Peer peer) {
        if (hidden.count() == 0) {
            return NONE;
        }
        int start = random.nextInt(copies.length);
        int piece = nextUnshown(peer, start);
        return piece == NONE ? nextUnshown(peer, 0) : piece;
    }

    private int nextUnshown(Peer peer, int from) {
        int piece = hidden.nextSet(from);
        while (piece >= 0 && peer.shown.contains(piece)) {
            piece = hidden.nextSet(piece + 1);
        }
        return piece;
    }

    /** These were shown in vain. */
    private void giveUp(Predicate<Shown> inVain) {
        List<Integer> pieces = new ArrayList<>();
        underWay.forEach((piece, shown) -> {
            if (inVain.test(shown)) {
                pieces.add(piece);
            }
        });
        underWay.keySet().removeAll(pieces);
        pieces.forEach(this::hide);
    }

    private void hide(int piece) {
        if (copies[piece] == 0 && !underWay.containsKey(piece)) {
            hidden.add(piece);
        }
    }
}
