package ahti.cli.screen;

import ahti.picker.Pick;
import ahti.picker.PickReason;
import ahti.torrent.PeerStatus;
import ahti.torrent.why.ChokeDecision;
import ahti.torrent.why.ChokeReason;
import ahti.torrent.why.PeerWhy;
import ahti.torrent.why.SilenceReason;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Peers for tests, described by what matters in them. */
final class Peers {
    private static final ChokeDecision CHOKED =
            new ChokeDecision(new ChokeReason.NotInterested(), Duration.ofSeconds(7));

    private Peers() {}

    /** Gives us so many bytes per second. */
    static PeerStatus feeding(int number, long rate) {
        return peer(number, rate, Optional.empty());
    }

    /** Gives us nothing, for it chokes us. */
    static PeerStatus choking(int number) {
        return peer(number, 0, Optional.of(new SilenceReason.ChokesUs(Duration.ofSeconds(12))));
    }

    private static PeerStatus peer(int number, long rate, Optional<SilenceReason> silence) {
        List<Pick> picks = List.of(new Pick(number, 16, new PickReason.Rarest(2)));
        return new PeerStatus(
                address(number),
                "-TR3000-漢字\u001b[2J!",
                false,
                true,
                true,
                silence.isPresent(),
                false,
                3,
                0,
                0,
                0,
                rate,
                0,
                new PeerWhy(List.of(CHOKED), silence, picks));
    }

    private static InetSocketAddress address(int number) {
        try {
            return new InetSocketAddress(InetAddress.getByAddress(new byte[] {10, 0, 0, (byte) (number % 256)}), 6881);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
