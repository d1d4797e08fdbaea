package ahti.tracker;

import ahti.config.AnnounceTo;
import ahti.config.TrackerConfig;
import ahti.core.InfoHash;
import ahti.core.Limits;
import ahti.core.PeerId;
import ahti.net.Datagrams;
import ahti.net.HttpFetch;
import ahti.net.Resolver;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Values that the tests of this package share. */
final class Announces {
    static final InfoHash INFO_HASH = InfoHash.parse("00112233445566778899aabbccddeeff41425a7e");
    static final PeerId PEER_ID = PeerId.of("-AH0100-abcdefghijkl".getBytes(StandardCharsets.US_ASCII));
    static final int PORT = 6881;
    static final int KEY = 0x0badcafe;
    static final Announcer.Tally START = new Announcer.Tally(0, 0, 1_000);

    static final TrackerConfig CONFIG = new TrackerConfig(
            200,
            Duration.ofSeconds(30),
            Duration.ofSeconds(15),
            Duration.ofMinutes(30),
            Duration.ofMinutes(1),
            Duration.ofDays(1),
            Duration.ofSeconds(3),
            5,
            Duration.ofMinutes(5),
            Duration.ofSeconds(15),
            2,
            AnnounceTo.FIRST,
            3,
            false);

    /** Randomness without surprises: no jitter, no shuffling beyond what zeros do. */
    static final RandomGenerator ZEROS = () -> 0;

    private Announces() {}

    static AnnounceRequest request(AnnounceEvent event, Optional<String> trackerId) {
        return new AnnounceRequest(
                1, INFO_HASH, PEER_ID, PORT, KEY, new Announcer.Tally(3, 2, 1), event, 50, trackerId);
    }

    static AnnouncerSettings settings(List<List<String>> tiers, AnnounceTo announceTo, TrackerWays ways) {
        return new AnnouncerSettings(tiers, INFO_HASH, PEER_ID, PORT, KEY, START, announceTo, ways);
    }

    static TrackerWays ways(HttpFetch http, Datagrams datagrams, Resolver resolver) {
        return new TrackerWays(CONFIG, Limits.DEFAULT, http, datagrams, resolver);
    }
}
