package ahti.tracker;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * CONTRACT SKELETON. Keeps one torrent known: owns the tiers (BEP 12) and one {@code Tracker} actor per URL, and lets one at
 * a time announce.
 */
public final class Announcer {

    /** What a torrent may tell its announcer. */
    public sealed interface Command {}

    /** How far the torrent is: used in every announce from now on. */
    public record Progress(Tally tally) implements Command {}

    /** The download has just become complete: tell every tracker that knows us. Never sent when complete at the start. */
    public record Completed(Tally tally) implements Command {}

    /** Announce now if the tracker's min interval allows it: we need peers. */
    public enum NeedPeers implements Command {
        INSTANCE
    }

    /** Say goodbye to every tracker that knows us, then stop; answered when done, or at the cap of the configuration. */
    public record Stop(Tally tally, ActorRef<Stopped> replyTo) implements Command {}

    /** Bytes so far; {@code left} counts what is wanted and not stored. */
    public record Tally(long uploaded, long downloaded, long left) {}

    /** What an announcer tells the torrent. */
    public sealed interface Event {}

    /** A tracker answered with peers: candidates, unfiltered but for port 0. */
    public record PeersFound(String url, List<InetSocketAddress> peers) implements Event {}

    /**
     * A tracker is well.
     *
     * @param next until the next regular announce
     */
    public record Announced(
            String url, Duration next, OptionalInt seeders, OptionalInt leechers, Optional<String> warning)
            implements Event {}

    /**
     * A tracker is not well. Text from it is cleaned already.
     *
     * @param retryIn until it is tried again
     */
    public record Failing(String url, String reason, Duration retryIn) implements Event {}

    /** A tracker says what our address looks like from there (BEP 24): one vote. */
    public record SeenAs(String url, InetSocketAddress address) implements Event {}

    /** All goodbyes are said, or the cap has passed. */
    public enum Stopped {
        INSTANCE
    }

    private Announcer() {}
}
