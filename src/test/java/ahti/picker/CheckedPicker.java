package ahti.picker;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.core.Bitfield;
import ahti.core.Block;
import ahti.core.BlockRef;
import ahti.core.ConnectionId;
import ahti.core.PieceLayout;
import ahti.core.PieceRange;
import ahti.core.PieceSelection;
import ahti.core.PieceSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.pekko.util.ByteString;

/** A picker beside its {@link Model}: after each command everything that must hold is checked. */
final class CheckedPicker {
    private final Picker picker;
    final Model model;
    Outcome last = new Outcome(List.of(), List.of());

    CheckedPicker(
            PieceLayout layout, PiecePicker.Settings settings, long seed, Bitfield stored, PieceSelection wanted) {
        picker = new Picker(layout, stored, wanted, settings, new Random(seed));
        model = new Model(layout, settings);
        model.onDemand = wanted.onDemand();
        for (int piece = 0; piece < layout.pieces(); piece++) {
            model.stored.set(piece, stored.get(piece));
            model.wanted.set(piece, wanted.wanted().get(piece));
        }
    }

    /** So many pieces of so many blocks, the last block of each short, memory for all, nothing by lot. */
    static CheckedPicker of(int pieces, int blocks) {
        return of(pieces, blocks, pieces, false);
    }

    static CheckedPicker of(int pieces, int blocks, int budgetInPieces, boolean sequential) {
        PieceLayout layout = layout(pieces, blocks);
        return new CheckedPicker(
                layout,
                new PiecePicker.Settings((long) budgetInPieces * layout.pieceLength(), 0, 3),
                1,
                Bitfield.none(pieces),
                new PieceSelection(Bitfield.all(pieces), sequential));
    }

    static PieceLayout layout(int pieces, int blocks) {
        int length = blocks * BlockRef.MAX_LENGTH - 100;
        return new PieceLayout((long) pieces * length, length);
    }

    static Bitfield bits(int size, int... pieces) {
        PieceSet set = new PieceSet(size);
        Arrays.stream(pieces).forEach(set::add);
        return set.toBitfield();
    }

    static Block block(BlockRef ref) {
        byte[] bytes = new byte[ref.length()];
        bytes[0] = stamp(ref);
        return new Block(ref, ByteString.fromArrayUnsafe(bytes));
    }

    /** The first byte of a block, which tells it from its neighbours. */
    private static byte stamp(BlockRef ref) {
        return (byte) (ref.piece() * 5 + ref.offset() / BlockRef.MAX_LENGTH);
    }

    /** Connects a peer with these pieces and this window. */
    void peer(int number, int window, int... pieces) {
        peer(number, window, 0, pieces);
    }

    void peer(int number, int window, int rate, int[] pieces) {
        join(number);
        offer(number, bits(model.layout.pieces(), pieces));
        window(number, window, rate);
    }

    void seed(int number, int window, int rate) {
        peer(number, window, rate, IntStream.range(0, model.layout.pieces()).toArray());
    }

    void join(int number) {
        model.peers.put(id(number), new Model.Peer());
        check(picker.join(id(number)));
    }

    void offer(int number, Bitfield has) {
        BitSet pieces = model.peer(number).has;
        IntStream.range(0, has.size()).forEach(piece -> pieces.set(piece, has.get(piece)));
        check(picker.offer(id(number), has));
    }

    void gain(int number, Integer... pieces) {
        Arrays.stream(pieces).forEach(model.peer(number).has::set);
        check(picker.gain(id(number), List.of(pieces)));
    }

    void window(int number, int blocks, int rate) {
        model.peer(number).window = blocks;
        check(picker.window(id(number), blocks, rate));
    }

    void deliver(int number, List<BlockRef> refs) {
        Model.Peer peer = model.peer(number);
        long wasted = 0;
        for (BlockRef ref : refs) {
            boolean owed = peer.owed.contains(ref);
            boolean late = peer.returned.contains(ref) && model.open.containsKey(ref.piece()) && !model.isHere(ref);
            if (owed || late) {
                removeOwed(peer, ref);
                peer.delivered++;
                peer.stalls = false;
                model.open.get(ref.piece()).set(model.layout.blockIndex(ref.offset()));
            } else {
                wasted += ref.length();
            }
        }
        Outcome outcome = picker.deliver(
                id(number), refs.stream().map(CheckedPicker::block).toList());
        assertThat(outcome.events().stream().filter(PiecePicker.Wasted.class::isInstance))
                .isEqualTo(wasted == 0 ? List.of() : List.of(new PiecePicker.Wasted(id(number), wasted)));
        check(outcome);
    }

    /** Delivers what the peer was asked for first. */
    void deliver(int number, int blocks) {
        deliver(number, owed(number).subList(0, blocks));
    }

    void giveBack(int number, List<BlockRef> refs) {
        Model.Peer peer = model.peer(number);
        refs.stream().filter(peer.owed::contains).toList().forEach(ref -> {
            removeOwed(peer, ref);
            peer.returned.add(ref);
        });
        check(picker.giveBack(id(number), refs));
    }

    void stalls(int number) {
        model.peer(number).stalls = true;
        check(picker.stalls(id(number)));
    }

    void leave(int number) {
        model.peers.remove(id(number));
        check(picker.leave(id(number), false));
    }

    void stored(int piece) {
        model.filled.remove(piece);
        model.stored.set(piece);
        check(picker.stored(piece));
    }

    void reopen(int piece) {
        model.filled.remove(piece);
        check(picker.reopen(piece, false));
    }

    void select(boolean sequential, int... pieces) {
        select(sequential, false, pieces);
    }

    /** Everything is wanted, these sets of pieces before the rest. */
    void selectAll(boolean sequential, List<Bitfield> tiers) {
        int pieces = model.layout.pieces();
        model.wanted.set(0, pieces);
        check(picker.select(new PieceSelection(Bitfield.all(pieces), tiers, sequential, false)));
    }

    void select(boolean sequential, boolean onDemand, int... pieces) {
        model.wanted.clear();
        Arrays.stream(pieces).forEach(model.wanted::set);
        model.onDemand = onDemand;
        check(picker.select(new PieceSelection(bits(model.layout.pieces(), pieces), List.of(), sequential, onDemand)));
    }

    void hurry(int reader, int first, int count) {
        PieceRange window = new PieceRange(first, count);
        model.windows.put(reader, window);
        check(picker.hurry(reader, window));
    }

    void confine(int number, Integer... pieces) {
        model.peer(number).confinement = Optional.of(Set.of(pieces));
        check(picker.confine(id(number), List.of(pieces)));
    }

    void release(int number) {
        model.peer(number).confinement = Optional.empty();
        check(picker.release(id(number)));
    }

    void relax(int reader) {
        model.windows.remove(reader);
        check(picker.relax(reader));
    }

    List<BlockRef> owed(int number) {
        return List.copyOf(model.peer(number).owed);
    }

    /** The pieces of the blocks that a peer owes, each once. */
    SortedSet<Integer> owedPieces(int number) {
        SortedSet<Integer> pieces = new TreeSet<>();
        owed(number).forEach(ref -> pieces.add(ref.piece()));
        return pieces;
    }

    BlockRef ref(int piece, int block) {
        return model.layout.block(piece, block);
    }

    PiecePicker.Memory memory() {
        return picker.explain().memory();
    }

    /** What the picker remembers of its decisions about a peer. */
    PiecePicker.PeerPicks picks(int peer) {
        return picker.explain().peers().get(new ConnectionId(peer));
    }

    PiecePicker.Availability availability(int cells) {
        return picker.availability(cells);
    }

    /** What the last command told a peer, of one kind. */
    <T extends PiecePicker.Instruction> List<T> told(int number, Class<T> kind) {
        return last.orders().stream()
                .filter(order -> order.to().equals(id(number)))
                .map(Outcome.Order::instruction)
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    List<BlockRef> cancelled(int number) {
        return told(number, PiecePicker.Cancel.class).stream()
                .flatMap(cancel -> cancel.blocks().stream())
                .toList();
    }

    static ConnectionId id(int number) {
        return new ConnectionId(number);
    }

    private static void removeOwed(Model.Peer peer, BlockRef ref) {
        peer.owed.remove(ref);
        peer.copies.remove(ref);
    }

    private void check(Outcome outcome) {
        last = outcome;
        assertThat(outcome.orders()).doesNotHaveDuplicates();
        for (PiecePicker.Event event : outcome.events()) {
            if (event instanceof PiecePicker.PieceFilled piece) {
                checkFilled(piece);
            }
        }
        noteDropped();
        Set<BlockRef> copied = new HashSet<>();
        for (Outcome.Order order : outcome.orders()) {
            Model.Peer peer = model.peers.get(order.to());
            if (order.instruction() instanceof PiecePicker.Interest interest) {
                assertThat(interest.interested()).isNotEqualTo(peer.interested);
                peer.interested = interest.interested();
            } else if (order.instruction() instanceof PiecePicker.Cancel cancel) {
                assertThat(peer.owed).containsAll(cancel.blocks());
                cancel.blocks().forEach(ref -> removeOwed(peer, ref));
            }
        }
        Map<BlockRef, List<ConnectionId>> owners = new HashMap<>(model.ledger());
        for (Outcome.Order order : outcome.orders()) {
            if (order.instruction() instanceof PiecePicker.Fetch fetch) {
                copied.addAll(checkFetch(model.peers.get(order.to()), order.to(), fetch, owners));
            }
        }
        checkUrgentFirst(outcome);
        checkState(copied);
    }

    private void checkFilled(PiecePicker.PieceFilled piece) {
        assertThat(piece.blocks().stream().map(bytes -> bytes.apply(0)))
                .isEqualTo(IntStream.range(0, model.layout.blocks(piece.piece()))
                        .mapToObj(i -> stamp(ref(piece.piece(), i)))
                        .toList());
        assertThat(model.open.remove(piece.piece()).cardinality())
                .isEqualTo(piece.blocks().size());
        model.filled.add(piece.piece());
    }

    /** The picker may throw away open pieces that are not wanted, that nobody can finish, or for more urgent ones. */
    private void noteDropped() {
        List<Integer> inMemory =
                picker.availability(Math.max(1, model.layout.pieces())).cellInFlight();
        for (int piece : new ArrayList<>(model.open.keySet())) {
            if (inMemory.get(piece) == 0) {
                boolean madeRoom = model.urgent().stream()
                        .anyMatch(other -> inMemory.get(other) > 0 && model.rank(other) < model.rank(piece));
                assertThat(!model.isMissing(piece) || model.isStuck(piece) || madeRoom)
                        .as("dropped " + piece)
                        .isTrue();
                model.open.remove(piece);
                model.peers.values().forEach(peer -> peer.returned.removeIf(ref -> ref.piece() == piece));
            }
        }
    }

    private void checkUrgentFirst(Outcome outcome) {
        for (Outcome.Order order : outcome.orders()) {
            boolean other = order.instruction() instanceof PiecePicker.Fetch fetch
                    && fetch.blocks().stream().anyMatch(ref -> model.rank(ref.piece()) == Integer.MAX_VALUE);
            if (other) {
                assertThat(model.whyNotUrgent(model.peers.get(order.to())))
                        .as(order.to() + " is asked for what nobody reads")
                        .isEmpty();
            }
        }
    }

    private Set<BlockRef> checkFetch(
            Model.Peer peer, ConnectionId id, PiecePicker.Fetch fetch, Map<BlockRef, List<ConnectionId>> owners) {
        Set<BlockRef> copied = new HashSet<>();
        for (BlockRef ref : fetch.blocks()) {
            assertThat(model.layout.isBlock(ref)).isTrue();
            assertThat(model.isMissing(ref.piece())).as("missing " + ref).isTrue();
            assertThat(model.filled).doesNotContain(ref.piece());
            assertThat(peer.mayBeAskedFor(ref.piece()))
                    .as("may be asked for " + ref)
                    .isTrue();
            if (model.isHere(ref) && model.mayComeBack) {
                model.open.put(ref.piece(), new BitSet());
            }
            assertThat(model.isHere(ref)).as("here " + ref).isFalse();
            assertThat(peer.owed.add(ref)).as(id + " owes " + ref + " once").isTrue();
            if (!model.open.containsKey(ref.piece())) {
                model.open.put(ref.piece(), new BitSet());
                model.peers.values().forEach(any -> any.returned.removeIf(old -> old.piece() == ref.piece()));
            }
            List<ConnectionId> all = new ArrayList<>(owners.getOrDefault(ref, List.of()));
            if (!all.isEmpty()) {
                peer.copies.add(ref);
                if (!model.isHeldUp(all)) {
                    copied.add(ref);
                }
            }
            all.add(id);
            owners.put(ref, all);
            boolean isMuchBetter = all.stream()
                    .filter(other -> !other.equals(id))
                    .allMatch(other -> model.peers.get(other).delivered * 4 < peer.delivered);
            assertThat(all).hasSizeLessThanOrEqualTo(model.settings.endgameCopies() * (isMuchBetter ? 2 : 1));
        }
        assertThat(peer.owed).as(id + " within its window").hasSizeLessThanOrEqualTo(peer.window);
        assertThat(peer.copies).hasSizeLessThanOrEqualTo(Endgame.COPIES_PER_PEER);
        return copied;
    }

    private void checkState(Set<BlockRef> copied) {
        assertThat(copied)
                .as("copies only in endgame, or of what a reader waits for")
                .allMatch(ref -> model.isEndgame() || model.isHead(ref.piece()));
        Map<BlockRef, Set<ConnectionId>> expected = new HashMap<>();
        model.ledger().forEach((ref, ids) -> expected.put(ref, new HashSet<>(ids)));
        Map<BlockRef, Set<ConnectionId>> actual = new HashMap<>();
        picker.ledger().forEach((ref, ids) -> actual.put(ref, new HashSet<>(ids)));
        assertThat(actual).isEqualTo(expected);
        assertThat(model.bytes() <= model.settings.memoryBudget() || model.open.size() + model.filled.size() == 1)
                .as("within the budget")
                .isTrue();
        model.peers.forEach((id, peer) -> {
            boolean interesting = peer.has.stream().anyMatch(model::isMissing);
            assertThat(peer.interested).as(id + " is interesting").isEqualTo(interesting);
            assertThat(model.whyHungry(peer)).as(id + " waits").isEmpty();
        });
    }
}
