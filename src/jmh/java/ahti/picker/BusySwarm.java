package ahti.picker;

import ahti.core.Bitfield;
import ahti.core.Block;
import ahti.core.BlockRef;
import ahti.core.ConnectionId;
import ahti.core.PieceLayout;
import ahti.core.PieceSelection;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.apache.pekko.util.ByteString;

/**
 * Peers that do what a picker tells them: they ask, and send what they owe.
 *
 * <p>Of ten peers one has everything, one the half by lot, the others a few pieces. A piece that is filled is wanted again at
 * once, so that the work never comes to an end.
 */
final class BusySwarm {
    /** Bytes of a piece: 16 blocks. */
    private static final int PIECE = 256 * 1024;

    /** ahti.picker.memory-budget, random-first and endgame-copies. */
    private static final PiecePicker.Settings SETTINGS = new PiecePicker.Settings(64 << 20, 4, 3);

    /** Blocks that a peer may owe. */
    private static final int WINDOW = 16;

    /** Blocks that come with one read of 64 KiB. */
    private static final int READ = 4;

    private static final int PIECES_OF_A_NEWCOMER = 40;
    /** Different halves: reading one for each of thousands of peers would take minutes. */
    private static final int HALVES = 16;

    private final Picker picker;
    private final int pieces;
    private final ByteString data = ByteString.fromArrayUnsafe(new byte[BlockRef.MAX_LENGTH]);
    private final List<Bitfield> halves = new ArrayList<>();
    /** What each peer owes, oldest first. */
    private final List<Deque<BlockRef>> owed = new ArrayList<>();

    /** The peers that owe something, in turn: a peer stands here once. */
    private final Deque<Integer> busy = new ArrayDeque<>();

    private final int[] shuffled;
    private int gained;

    BusySwarm(int pieces, int peers, long seed) {
        Random random = new Random(seed);
        this.pieces = pieces;
        this.picker = new Picker(
                new PieceLayout((long) pieces * PIECE, PIECE),
                Bitfield.none(pieces),
                PieceSelection.everything(pieces),
                SETTINGS,
                new Random(seed));
        this.shuffled = shuffle(pieces, random);
        for (int half = 0; half < HALVES; half++) {
            halves.add(draw(pieces / 2, random));
        }
        for (int peer = 0; peer < peers; peer++) {
            owed.add(new ArrayDeque<>());
            obey(picker.join(new ConnectionId(peer)));
            obey(picker.offer(new ConnectionId(peer), holdings(peer, random)));
        }
        for (int peer = 0; peer < peers; peer++) {
            obey(picker.window(new ConnectionId(peer), WINDOW, 100));
        }
    }

    /** Another peer joins, says what it has, a half, and leaves. */
    Outcome joinAndLeave() {
        ConnectionId visitor = new ConnectionId(owed.size());
        picker.join(visitor);
        Outcome outcome = picker.offer(visitor, halves.get(0));
        picker.leave(visitor, false);
        return outcome;
    }

    /** Another peer gets one more piece; when it has all, it comes again with none. */
    Outcome have() {
        ConnectionId gainer = new ConnectionId(owed.size() + 1);
        if (gained == pieces) {
            picker.leave(gainer, false);
            gained = 0;
        }
        if (gained == 0) {
            picker.join(gainer);
        }
        return picker.gain(gainer, List.of(shuffled[gained++]));
    }

    /** The next peer sends what one read holds, at most what it owes; returns how many blocks that were. */
    int deliver() {
        int peer = busy.removeFirst();
        Deque<BlockRef> owes = owed.get(peer);
        List<Block> read = new ArrayList<>(READ);
        while (read.size() < READ && !owes.isEmpty()) {
            read.add(new Block(owes.removeFirst(), data));
        }
        if (!owes.isEmpty()) {
            busy.addLast(peer);
        }
        obey(picker.deliver(new ConnectionId(peer), read));
        return read.size();
    }

    private void obey(Outcome outcome) {
        for (Outcome.Order order : outcome.orders()) {
            Deque<BlockRef> owes = owed.get(order.to().number());
            if (order.instruction() instanceof PiecePicker.Fetch fetch) {
                if (owes.isEmpty()) {
                    busy.addLast(order.to().number());
                }
                owes.addAll(fetch.blocks());
            } else if (order.instruction() instanceof PiecePicker.Cancel) {
                throw new IllegalStateException("a swarm that always wants everything has no endgame");
            }
        }
        for (PiecePicker.Event event : outcome.events()) {
            if (event instanceof PiecePicker.PieceFilled filled) {
                obey(picker.reopen(filled.piece(), false));
            }
        }
    }

    private Bitfield holdings(int peer, Random random) {
        return switch (peer % 10) {
            case 0 -> Bitfield.all(pieces);
            case 1 -> halves.get(random.nextInt(HALVES));
            default -> draw(Math.min(PIECES_OF_A_NEWCOMER, pieces / 2), random);
        };
    }

    private Bitfield draw(int count, Random random) {
        byte[] wire = new byte[(pieces + 7) / 8];
        for (int drawn = 0; drawn < count; drawn++) {
            int piece = random.nextInt(pieces);
            wire[piece >> 3] |= (byte) (0x80 >> (piece & 7));
        }
        return Bitfield.fromWire(wire, pieces);
    }

    private static int[] shuffle(int pieces, Random random) {
        int[] order = new int[pieces];
        for (int piece = 0; piece < pieces; piece++) {
            int other = random.nextInt(piece + 1);
            order[piece] = order[other];
            order[other] = piece;
        }
        return order;
    }
}
