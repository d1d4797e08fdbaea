package ahti.soak;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.core.BindsTheRealWorld;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A small {@link Leaks}; {@code scripts/soak --leaks} has ten thousand connections and a thousand torrents. */
@Timeout(300)
class LeaksIT {
    @Test
    @BindsTheRealWorld("it says what it counted")
    void nothingIsLeftOfConnectionsAndTorrentsThatCameAndWent(@TempDir Path scratch) throws Exception {
        try (Leaks leaks = new Leaks(scratch)) {
            assertThat(leaks.run(500, 150, System.out)).isEmpty();
        }
    }
}
