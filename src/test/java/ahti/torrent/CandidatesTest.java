package ahti.torrent;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.config.AhtiConfig;
import ahti.config.PexConfig;
import ahti.config.TorrentConfig;
import ahti.peer.PeerConnection.Parting;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CandidatesTest {
    private static final InetSocketAddress A = new InetSocketAddress("10.0.0.1", 6881);
    private static final InetSocketAddress B = new InetSocketAddress("10.0.0.2", 6881);
    private static final InetSocketAddress A2 = new InetSocketAddress("10.0.0.1", 6882);
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final Candidates candidates = new Candidates(new TorrentConfig(
            100,
            3,
            8,
            50,
            Duration.ofSeconds(5),
            Duration.ofSeconds(60),
            AhtiConfig.load().torrent().choking(),
            8,
            Duration.ofSeconds(10),
            Duration.ofMinutes(10),
            Duration.ofSeconds(30),
            Duration.ofSeconds(15),
            1 << 30));

    /** Of the highest priority is what has the highest port, then what has the lowest address. */
    private List<InetSocketAddress> take(int most, long now) {
        return candidates.take(
                most,
                now,
                address -> address.getPort() * 1_000L - address.getAddress().getAddress()[3]);
    }

    @Test
    void whenThereIsNoRoomForAllPriorityDecides() {
        candidates.add(List.of(B, A, A2));

        assertThat(take(2, 0)).containsExactly(A2, A);
        assertThat(take(2, 0)).containsExactly(B);
    }

    @Test
    void whoFailedComesAfterAllOthersWhateverItsPriority() {
        candidates.add(List.of(B, A, A2));
        take(3, 0);
        candidates.failed(A2, 0);
        candidates.lost(A, 0);
        candidates.lost(B, 0);

        assertThat(take(2, 100 * SECOND)).containsExactly(A, B);
    }

    @Test
    void addressesAreTakenInOrderAndNotTwice() {
        candidates.add(List.of(A, B, A));

        assertThat(take(1, 0)).containsExactly(A);
        assertThat(take(5, 0)).containsExactly(B);
        assertThat(take(5, 0)).isEmpty();
    }

    @Test
    void anAddressThatFailedWaitsTwiceAsLongEachTimeUpToTheCap() {
        candidates.add(List.of(A));
        long now = 0;
        for (long pause : new long[] {5, 10, 20, 40, 60, 60}) {
            assertThat(take(1, now)).containsExactly(A);
            candidates.failed(A, now);
            assertThat(take(1, now + pause * SECOND - 1)).isEmpty();
            now += pause * SECOND;
        }
    }

    @Test
    void aGoodConnectionLetsTheFailuresBeForgotten() {
        candidates.add(List.of(A));
        take(1, 0);
        candidates.failed(A, 0);
        candidates.failed(A, 0);
        take(1, 100 * SECOND);
        candidates.lost(A, 100 * SECOND);

        assertThat(take(1, 105 * SECOND)).containsExactly(A);
    }

    @Test
    void whatWasOurOwnAddressMayBeAnothersLater() {
        candidates.add(List.of(A));
        take(1, 0);
        candidates.left(A, Parting.SELF, false, 0);

        assertThat(take(1, 59 * SECOND)).isEmpty();
        assertThat(take(1, 60 * SECOND)).containsExactly(A);
    }

    @Test
    void whoFailedGoesToTheEndOfTheLine() {
        candidates.add(List.of(A, B));
        take(1, 0);
        candidates.failed(A, 0);

        assertThat(take(2, 10 * SECOND)).containsExactly(B, A);
    }

    @Test
    void aBannedAddressIsNotDialledOnAnyPort() {
        candidates.add(List.of(A, B, A2));
        candidates.ban(A);
        candidates.add(List.of(A2));

        assertThat(take(5, 0)).containsExactly(B);
        assertThat(candidates.isBanned(A2)).isTrue();
    }

    @Test
    void aBanOnThisMachineHitsOnePortForItsProgramsShareTheAddress() {
        InetSocketAddress liar = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
        InetSocketAddress honest = new InetSocketAddress(InetAddress.getLoopbackAddress(), 2);
        candidates.add(List.of(liar, honest));
        candidates.ban(liar);

        assertThat(take(5, 0)).containsExactly(honest);
        assertThat(candidates.isBanned(liar)).isTrue();
    }

    @Test
    void noMoreAreKnownThanConfigured() {
        for (int i = 1; i <= 100; i++) {
            candidates.add(List.of(new InetSocketAddress("10.1.0." + i, 1)));
        }

        assertThat(candidates.size()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"0.0.0.0:1", "224.0.0.1:1", "255.255.255.255:1", "0.1.2.3:1", "10.0.0.1:0", "ff02::1:1", ":::1"})
    void addressesThatCannotBeAPeersAreLeftOut(String text) {
        int colon = text.lastIndexOf(':');
        InetSocketAddress address =
                new InetSocketAddress(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));

        assertThat(Candidates.isDialable(address)).isFalse();
    }

    @Test
    void unresolvedNamesAreLeftOutAndIpv6IsNot() {
        assertThat(Candidates.isDialable(InetSocketAddress.createUnresolved("peer.example", 1)))
                .isFalse();
        assertThat(Candidates.isDialable(new InetSocketAddress("2001:db8::1", 1)))
                .isTrue();
    }

    private static final InetAddress TELLER = A.getAddress();
    private static final PexConfig FEW = new PexConfig(true, 2, 1);

    private static InetSocketAddress host(int number) {
        return new InetSocketAddress("30.0.0." + number, 6881);
    }

    @Test
    void thoseThatPeersToldOfAreDialledAfterAllOthersWhateverTheirPriority() {
        InetSocketAddress told = new InetSocketAddress("30.0.0.1", 7000);
        candidates.addTold(TELLER, List.of(told), FEW);
        candidates.add(List.of(A));

        assertThat(take(1, 0)).containsExactly(A);
        assertThat(take(1, 0)).containsExactly(told);
    }

    @Test
    void onePeerMayTellOfAFewAndOfFewPortsOfOneAddress() {
        Candidates many = withRoomFor(100);
        many.addTold(TELLER, List.of(host(1), new InetSocketAddress(host(1).getAddress(), 1), host(2), host(3)), FEW);
        assertThat(many.known()).containsExactly(host(1), host(2));

        many.addTold(B.getAddress(), List.of(new InetSocketAddress(host(1).getAddress(), 2), host(3)), FEW);
        assertThat(many.known()).containsExactly(host(1), host(2), host(3));
    }

    @Test
    void peersTogetherTellOfHalfAtMostAndOthersAlwaysFindRoom() {
        Candidates four = withRoomFor(4);
        for (int teller = 1; teller < 9; teller++) {
            four.addTold(host(100 + teller).getAddress(), List.of(host(teller)), FEW);
        }
        assertThat(four.known()).containsExactly(host(1), host(2));

        four.add(List.of(A, B));
        assertThat(four.known()).contains(A, B);
    }

    @Test
    void whoIsNotThereIsLeftAloneAfterThreeTimesAndGivesWay() {
        Candidates two = withRoomFor(2);
        two.addTold(TELLER, List.of(host(1)), FEW);
        long now = 0;
        for (int time = 0; time < 3; time++) {
            assertThat(two.take(1, now, any -> 0)).containsExactly(host(1));
            two.failed(host(1), now);
            two.addTold(TELLER, List.of(host(1)), FEW);
            now += 20 * SECOND;
        }
        assertThat(two.take(1, now, any -> 0)).isEmpty();

        two.addTold(TELLER, List.of(host(2)), FEW);
        assertThat(two.known()).containsExactly(host(2));
    }

    @Test
    void whoProvedToBeAPeerIsNoHearsayAnyMore() {
        Candidates two = withRoomFor(2);
        two.addTold(TELLER, List.of(host(1)), FEW);
        two.take(1, 0, any -> 0);
        two.lost(host(1), 0);

        two.addTold(TELLER, List.of(host(2)), FEW);

        assertThat(two.known()).containsExactlyInAnyOrder(host(1), host(2));
    }

    @Test
    void whoeverNamesManyLeavesRoomForOthersAndWhoWasDialledInVainGivesWay() {
        Candidates room = withRoomFor(200);
        for (int flood = 0; flood < 9; flood++) {
            room.add(crowd(40 + flood, 250));
        }
        assertThat(room.size()).isEqualTo(200);
        room.take(30, 0, any -> 0).forEach(lie -> room.failed(lie, 0));

        room.add(List.of(host(1), host(2)));

        assertThat(room.known()).hasSize(200).contains(host(1), host(2));
        assertThat(withRoom(2_000, crowd(50, 1_900)).size())
                .as("half of the room")
                .isEqualTo(1_000);
    }

    @Test
    void whoIsConnectedOrNotTriedYetDoesNotGiveWay() {
        Candidates room = withRoom(50, crowd(40, 50));
        room.take(50, 0, any -> 0);

        room.add(List.of(host(1)));

        assertThat(room.known()).hasSize(50).doesNotContain(host(1));
    }

    @Test
    void ofAnInnocentAddressFewPortsAreKeptWhateverTrackersSay() {
        InetAddress innocent = host(1).getAddress();
        Candidates room = withRoomFor(2_000);
        for (int port = 1; port < 900; port++) {
            room.add(List.of(new InetSocketAddress(innocent, port), new InetSocketAddress(A.getAddress(), port)));
        }

        assertThat(room.known())
                .filteredOn(known -> known.getAddress().equals(innocent))
                .hasSize(8);
        assertThat(room.known())
                .as("many programs of a neighbour")
                .filteredOn(known -> known.getAddress().equals(A.getAddress()))
                .hasSize(899);
    }

    @Test
    void thePortOfAServiceIsDialledLastAndThenLeftAloneForLong() {
        InetSocketAddress service = new InetSocketAddress(host(1).getAddress(), 443);
        candidates.add(List.of(service, host(2)));

        assertThat(take(1, 0)).containsExactly(host(2));
        assertThat(take(1, 0)).containsExactly(service);
        candidates.failed(service, 0);

        assertThat(take(1, 60 * SECOND - 1)).isEmpty();
        assertThat(take(1, 60 * SECOND)).containsExactly(service);
    }

    private static Candidates withRoom(int most, List<InetSocketAddress> named) {
        Candidates room = withRoomFor(most);
        room.add(named);
        return room;
    }

    private static List<InetSocketAddress> crowd(int network, int size) {
        return IntStream.range(0, size)
                .mapToObj(i -> new InetSocketAddress(network + ".0." + (i >> 8) + "." + (i & 255), 6881))
                .toList();
    }

    @Test
    void whoDialledUsIsNotDialled() {
        candidates.add(List.of(A, B));

        candidates.visitors(Set.of(A));
        assertThat(candidates.dialable(0)).isEqualTo(1);
        assertThat(take(5, 0)).containsExactly(B);

        candidates.visitors(Set.of());
        assertThat(take(5, 0)).containsExactly(A);
    }

    private static Candidates withRoomFor(int most) {
        TorrentConfig config = AhtiConfig.load().torrent();
        return new Candidates(new TorrentConfig(
                100,
                most,
                8,
                50,
                Duration.ofSeconds(5),
                Duration.ofSeconds(60),
                config.choking(),
                8,
                Duration.ofSeconds(10),
                Duration.ofMinutes(10),
                Duration.ofSeconds(30),
                Duration.ofSeconds(15),
                1 << 30));
    }
}
