package ahti.testkit.record;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.disk.RealFileStore;
import ahti.disk.SampleTorrent;
import ahti.testkit.record.replay.Replay;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A download over loopback is recorded, and the same engine does the same on the recording. */
@Timeout(120)
class RecordAndReplayTest {
    @TempDir
    Path scratch;

    private static SampleTorrent sample(int length) {
        return SampleTorrent.of(64 << 10, SampleTorrent.Part.file("sample.bin", length));
    }

    static Replay.Outcome replay(Path file) throws Exception {
        try (RecordingFile recording = RecordingFile.open(new RealFileStore(), file)) {
            return new Replay(recording).run();
        }
    }

    @Test
    void replaysADownloadToTheSameDecisions() throws Exception {
        SampleTorrent sample = sample(3 << 20);
        try (LoopbackSwarm swarm = new LoopbackSwarm(scratch)) {
            swarm.seed(sample, sample.content());
            Path file = swarm.download(sample, false);

            assertThat(Files.readAllBytes(swarm.target().resolve("sample.bin"))).isEqualTo(sample.content());
            assertThat(swarm.warnings()).isEmpty();
            Replay.Outcome outcome = replay(file);
            assertThat(outcome.divergence()).isEmpty();
            assertThat(outcome.end()).contains("the engine ended");
            assertThat(outcome.torn()).isFalse();
            assertThat(outcome.inputs()).isGreaterThan(20);
            assertThat(Files.size(file)).isLessThan(60_000);
        }
    }
}
