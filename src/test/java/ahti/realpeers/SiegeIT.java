package ahti.realpeers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A short {@link Siege}: the process lives, stays within its memory, and the honest are served. */
@Timeout(300)
class SiegeIT {
    private static final int SECONDS = 12;

    @RegisterExtension
    final Stage stage = new Stage();

    private Siege siege() {
        return new Siege(stage.newFolder("siege"), Ahti.command());
    }

    @Test
    void aSeedUnderAttackServesTheHonest() throws IOException {
        Siege siege = siege();
        siege.seed(SECONDS, List.of());
        assertThat(siege.broken()).as(siege.report()).isEmpty();
    }

    @Test
    void aDownloadUnderAttackEnds() throws IOException {
        Siege siege = siege();
        siege.get(SECONDS);
        assertThat(siege.broken()).as(siege.report()).isEmpty();
    }

    /** 250 peers and 160 file handles: neither a busy loop nor a flooded log, and the honest are served. */
    @Test
    void fewHandlesAreEnough() throws IOException {
        Siege siege = siege();
        siege.seed(SECONDS, List.of("sh", "-c", "ulimit -n 160; exec \"$@\"", "sh"));
        assertThat(siege.broken()).as(siege.report()).isEmpty();
    }
}
