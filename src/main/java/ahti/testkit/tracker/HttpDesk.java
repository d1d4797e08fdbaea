package ahti.testkit.tracker;

import ahti.bencode.DictBuilder;
import ahti.core.InfoHash;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** A tracker's HTTP side, without the HTTP: queries in, bodies out; announce (BEP 3, 7, 23) and scrape (BEP 48). */
final class HttpDesk {
    private static final int MOST_WANTED = 200;
    private static final int USUALLY_WANTED = 50;
    private static final int MOST_SCRAPED = 100;

    private final TrackerSwarms swarms;

    HttpDesk(TrackerSwarms swarms) {
        this.swarms = swarms;
    }

    byte[] announce(@Nullable String query, InetAddress from) {
        try {
            HeardAnnounce announce = HttpTracking.announce(query, from);
            int wanted = announce.wanted() < 0 ? USUALLY_WANTED : Math.min(announce.wanted(), MOST_WANTED);
            return swarms.announce(announce, wanted)
                    .map(answer -> HttpTracking.answer(answer, announce.compact()))
                    .orElseGet(() -> HttpTracking.failure("too many torrents"));
        } catch (IllegalArgumentException e) {
            return HttpTracking.failure(String.valueOf(e.getMessage()));
        }
    }

    byte[] scrape(@Nullable String query) {
        try {
            DictBuilder files = new DictBuilder();
            TrackerQuery.of(query).all("info_hash").stream()
                    .filter(hash -> hash.length == InfoHash.WIRE_LENGTH)
                    .limit(MOST_SCRAPED)
                    .forEach(hash -> files.put(hash, counts(swarms.counts(InfoHash.v1(hash)))));
            return new DictBuilder().put("files", files).encode();
        } catch (IllegalArgumentException e) {
            return HttpTracking.failure(String.valueOf(e.getMessage()));
        }
    }

    private static DictBuilder counts(TrackerSwarms.Counts counts) {
        return new DictBuilder()
                .put("complete", counts.seeders())
                .put("downloaded", counts.completed())
                .put("incomplete", counts.leechers());
    }
}
