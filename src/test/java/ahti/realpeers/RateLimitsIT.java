package ahti.realpeers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rates that Ahti keeps to, counted by libtorrent at the other end. */
class RateLimitsIT {
    /** The simulation is exact; here a busy machine counts late. */
    private static final double MARGIN = 1.2;

    @RegisterExtension
    final Stage stage = new Stage();

    private static Payload payload(int mebibytes) {
        return Payload.file("limited.bin", mebibytes << 20, 1 << 20);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"50K, 51200, 300000, 500000, 8", "50M, 52428800, 60000000, 130000000, 200"})
    void downloadsNoFaster(String limit, long rate, long from, long bytes, int mebibytes) {
        Payload payload = payload(mebibytes);
        Path torrent = stage.torrent(payload, Stage.NO_TRACKER);
        Peer seeder = new Libtorrent()
                .start(stage, torrent, stage.folderWith(payload))
                .awaitComplete();
        Path folder = stage.newFolder("incomplete");
        Ahti.get(stage, torrent, folder, "--no-trackers", "--peer", seeder.address(), "--down", limit);
        assertThat(rate(seeder.uploaded(), from, bytes)).isLessThan(MARGIN * rate);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"50K, 51200, 300000, 500000, 8", "50M, 52428800, 60000000, 130000000, 200"})
    void uploadsNoFaster(String limit, long rate, long from, long bytes, int mebibytes) {
        Payload payload = payload(mebibytes);
        Path torrent = stage.torrent(payload, Stage.NO_TRACKER);
        Ahti ahti = Ahti.seed(stage, torrent, stage.folderWith(payload), "--no-trackers", "--up", limit);
        Peer leecher = new Libtorrent().start(stage, torrent, stage.newFolder("incomplete"));
        Libtorrent.dial(leecher, ahti.port());
        assertThat(rate(() -> Libtorrent.downloaded(leecher), from, bytes)).isLessThan(MARGIN * rate);
    }

    /** Bytes per second, from the moment when so many had passed until so many more had. */
    private static double rate(LongSupplier counter, long from, long bytes) {
        await(counter, from);
        long first = counter.getAsLong();
        long begin = System.nanoTime();
        await(counter, first + bytes);
        long last = counter.getAsLong();
        return (last - first) * (double) TimeUnit.SECONDS.toNanos(1) / (System.nanoTime() - begin);
    }

    private static void await(LongSupplier counter, long bytes) {
        Await.until(
                bytes + " bytes",
                Duration.ofMinutes(2),
                () -> counter.getAsLong() >= bytes,
                () -> counter.getAsLong() + "");
    }
}
