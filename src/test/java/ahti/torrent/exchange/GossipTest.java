package ahti.torrent.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.Seeds;
import ahti.core.PeerContact;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GossipTest {
    private static final long MINUTE = Gossip.PACE.toNanos();

    private final Gossip gossip = new Gossip();

    private static InetSocketAddress at(int number) {
        return new InetSocketAddress("10.0.0.1", number);
    }

    private static Map<InetSocketAddress, PeerContact> here(int... numbers) {
        Map<InetSocketAddress, PeerContact> here = new LinkedHashMap<>();
        for (int number : numbers) {
            here.put(at(number), new PeerContact(at(number), false, true));
        }
        return here;
    }

    private Gossip.News news(long now, int... numbers) {
        return gossip.next(here(numbers), now).orElseThrow();
    }

    @Test
    void tellsWhoCameAndWhoLeftSinceTheLastTime() {
        assertThat(news(0, 1, 2).added()).extracting(PeerContact::address).containsExactly(at(1), at(2));

        Gossip.News second = news(MINUTE, 2, 3);
        assertThat(second.added()).extracting(PeerContact::address).containsExactly(at(3));
        assertThat(second.dropped()).containsExactly(at(1));
    }

    @Test
    void tellsNothingTwiceAndNothingOfThoseWhoCameAndLeftInBetween() {
        news(0, 1);

        assertThat(gossip.next(here(1), MINUTE)).isEmpty();
        assertThat(gossip.next(here(1), 2 * MINUTE)).isEmpty();
    }

    @Test
    void isDueOnceAMinuteAndLooksAgainSoonerWhenThereWasNothingToTell() {
        assertThat(gossip.isDue(0)).isTrue();
        assertThat(gossip.next(here(), 0)).isEmpty();
        assertThat(gossip.isDue(Gossip.AGAIN.toNanos() - 1)).isFalse();
        assertThat(gossip.isDue(Gossip.AGAIN.toNanos())).isTrue();
        news(Gossip.AGAIN.toNanos(), 1);
        assertThat(gossip.isDue(Gossip.AGAIN.toNanos() + MINUTE - 1)).isFalse();
        assertThat(gossip.isDue(Gossip.AGAIN.toNanos() + MINUTE)).isTrue();
    }

    @Test
    void tellsOfFiftyAtMostAndOfTheRestTheNextTime() {
        int[] all = IntStream.rangeClosed(1, 70).toArray();

        assertThat(news(0, all).added()).hasSize(Gossip.MOST);
        assertThat(news(MINUTE, all).added())
                .extracting(PeerContact::address)
                .startsWith(at(51))
                .hasSize(20);
        assertThat(news(2 * MINUTE).dropped()).hasSize(Gossip.MOST);
        assertThat(news(3 * MINUTE).dropped()).hasSize(20);
    }

    /** What a listener makes of it: adds and drops must lead to who is here. */
    @Seeds(20)
    void whoeverListensKnowsWhoIsHere(long seed) {
        Random random = new Random(seed);
        Set<InetSocketAddress> believed = new LinkedHashSet<>();
        for (int minute = 0; minute < 50; minute++) {
            int[] here = random.ints(random.nextInt(80), 1, 100).distinct().toArray();
            gossip.next(here(here), minute * MINUTE).ifPresent(news -> {
                assertThat(news.added().size()).isLessThanOrEqualTo(Gossip.MOST);
                news.dropped()
                        .forEach(address -> assertThat(believed.remove(address)).isTrue());
                news.added()
                        .forEach(contact ->
                                assertThat(believed.add(contact.address())).isTrue());
            });
        }
        int[] last = {1, 2, 3};
        for (int minute = 50; minute < 53; minute++) {
            gossip.next(here(last), minute * MINUTE).ifPresent(news -> {
                believed.removeAll(news.dropped());
                news.added().forEach(contact -> believed.add(contact.address()));
            });
        }
        assertThat(believed).containsExactlyInAnyOrderElementsOf(List.of(at(1), at(2), at(3)));
    }
}
