package ahti.picker;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.Seeds;
import ahti.core.Bitfield;
import ahti.core.ConnectionId;
import ahti.core.PieceSelection;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SuggestionsTest {
    private static final int PIECES = 12;

    private final Swarm swarm = swarm(1);
    private final Suggestions suggestions = new Suggestions(swarm, new Random(1));

    private static Swarm swarm(long seed) {
        return new Swarm(
                CheckedPicker.layout(PIECES, 1),
                Bitfield.all(PIECES),
                new PieceSelection(Bitfield.all(PIECES), false),
                new Random(seed));
    }

    private PickerPeer peer(int number, int... has) {
        PickerPeer peer = swarm.join(new ConnectionId(number));
        swarm.offer(peer, CheckedPicker.bits(PIECES, has));
        return peer;
    }

    @Test
    void noTwoAreSuggestedTheSameWhileThereIsSomethingElse() {
        Set<Integer> all = new TreeSet<>();
        for (int i = 0; i < 3; i++) {
            all.addAll(suggestions.serve(peer(i), true));
        }
        assertThat(all).hasSize(PIECES);
        assertThat(suggestions.serve(peer(3), true)).hasSize(Suggestions.EACH);
    }

    @Test
    void whatThePeerHasIsNotSuggestedAndWhatIsRareFirst() {
        peer(7, 4, 5, 6, 7, 8, 9, 10, 11);
        PickerPeer served = peer(1, 0, 1);

        List<Integer> rare = suggestions.serve(served, true);

        assertThat(rare).hasSize(4).contains(2, 3).doesNotContain(0, 1);
    }

    @Test
    void whatIsFetchedFromUsIsSuggestedToNobodyElse() {
        PickerPeer one = peer(1);
        suggestions.begins(one, 5);
        for (int i = 2; i < 4; i++) {
            assertThat(suggestions.serve(peer(i), true)).doesNotContain(5);
        }
    }

    @Test
    void whoIsNotServedAnyMoreOrGoneKeepsNothingFromOthers() {
        PickerPeer choked = peer(1);
        Set<Integer> freed = new TreeSet<>(suggestions.serve(choked, true));
        PickerPeer gone = peer(2);
        freed.addAll(suggestions.serve(gone, true));
        suggestions.serve(peer(3), true);

        assertThat(suggestions.serve(choked, false)).isEmpty();
        suggestions.left(gone);

        Set<Integer> again = new TreeSet<>(suggestions.serve(peer(4), true));
        again.addAll(suggestions.serve(peer(5), true));
        assertThat(again).isEqualTo(freed);
    }

    @Test
    void nothingIsSuggestedToWhoHasEverything() {
        PickerPeer seed = swarm.join(new ConnectionId(1));
        swarm.offer(seed, Bitfield.all(PIECES));
        assertThat(suggestions.serve(seed, true)).isEmpty();
    }

    /** Whatever happens, a served peer has as many suggestions as there are pieces for it, up to the bound. */
    @Seeds(100)
    void theSuggestionsOfAPeerAreAlwaysAsManyAsCanBe(long seed) {
        Random random = new Random(seed);
        Suggestions some = new Suggestions(swarm, random);
        List<PickerPeer> peers = new ArrayList<>();
        TreeMap<ConnectionId, Set<Integer>> open = new TreeMap<>();
        TreeMap<ConnectionId, Set<Integer>> fetched = new TreeMap<>();
        for (int i = 0; i < 4; i++) {
            PickerPeer peer = peer(i);
            peers.add(peer);
            open.put(peer.id(), new TreeSet<>(some.serve(peer, true)));
            fetched.put(peer.id(), new TreeSet<>());
        }
        for (int step = 0; step < 60; step++) {
            PickerPeer peer = peers.get(random.nextInt(peers.size()));
            Set<Integer> suggested = Objects.requireNonNull(open.get(peer.id()));
            Set<Integer> begunOrHere = Objects.requireNonNull(fetched.get(peer.id()));
            int piece = random.nextInt(PIECES);
            List<Integer> news;
            if (random.nextBoolean()) {
                news = some.begins(peer, piece);
            } else {
                swarm.gain(peer, List.of(piece));
                news = some.gained(peer, List.of(piece));
            }
            begunOrHere.add(piece);
            suggested.remove(piece);
            assertThat(news).noneMatch(suggested::contains).noneMatch(begunOrHere::contains);
            suggested.addAll(news);
            assertThat(suggested).hasSize(Math.min(Suggestions.EACH, PIECES - begunOrHere.size()));
        }
    }
}
