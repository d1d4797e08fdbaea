package ahti.testkit.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ahti.disk.RealFileStore;
import ahti.disk.SampleTorrent;
import ahti.testkit.record.format.ByteSource;
import ahti.testkit.record.format.UnreadableRecording;
import ahti.testkit.record.replay.Replay;
import ahti.testkit.record.replay.Transcript;
import ahti.testkit.tracker.TrackerServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A download over loopback is recorded, and the same engine does the same on the recording. */
@Timeout(120)
class RecordAndReplayTest {
    private static final int PIECE = 64 << 10;

    @TempDir
    Path scratch;

    private static SampleTorrent sample(int length) {
        return SampleTorrent.of(PIECE, SampleTorrent.Part.file("secret name.bin", length));
    }

    private static ByteSource source(byte[] bytes) {
        return (offset, most) -> Arrays.copyOfRange(
                bytes, (int) Math.min(bytes.length, offset), (int) Math.min(bytes.length, offset + most));
    }

    private static Replay.Outcome replay(Path file) throws Exception {
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

            assertThat(Files.readAllBytes(swarm.target().resolve("secret name.bin")))
                    .isEqualTo(sample.content());
            assertThat(swarm.warnings()).isEmpty();
            Replay.Outcome outcome = replay(file);
            assertThat(outcome.divergence()).isEmpty();
            assertThat(outcome.end()).contains("the engine ended");
            assertThat(outcome.torn()).isFalse();
            assertThat(outcome.inputs()).isGreaterThan(20);
            assertThat(Files.size(file)).isLessThan(60_000);
        }
    }

    /** The hard part: which blocks were wrong decides who is banned, and none of their data is in the recording. */
    @Test
    void replaysLiesCorruptionAndAResumedDownload() throws Exception {
        SampleTorrent sample = sample(2 << 20);
        byte[] lies = sample.content();
        for (int at = 7; at < lies.length; at += PIECE) {
            lies[at] ^= 1;
        }
        byte[] old = new byte[lies.length];
        System.arraycopy(sample.content(), 0, old, 0, 5 * PIECE);
        try (LoopbackSwarm swarm = new LoopbackSwarm(scratch)) {
            swarm.seed(sample, sample.content());
            swarm.seedUnchecked(sample, lies);
            Files.createDirectories(swarm.target());
            Files.write(swarm.target().resolve("secret name.bin"), old);
            Path file = swarm.download(sample, false);

            Replay.Outcome outcome = replay(file);
            assertThat(outcome.divergence()).isEmpty();
            assertThat(outcome.end()).contains("the engine ended");
            assertThat(transcript(file)).anyMatch(line -> line.endsWith("is corrupt"));
        }
    }

    private static List<String> transcript(Path file) throws Exception {
        List<String> lines = new ArrayList<>();
        Transcript.write(source(Files.readAllBytes(file)), lines::add);
        return lines;
    }

    /** Nobody is known but through the tracker, so that its answer is in the recording. */
    @ParameterizedTest
    @ValueSource(strings = {"http", "udp"})
    void replaysAMaskedRecordingThatNamesNothing(String scheme) throws Exception {
        SampleTorrent sample = sample(1 << 20);
        try (LoopbackSwarm swarm = new LoopbackSwarm(scratch);
                TrackerServer tracker = TrackerServer.start()) {
            swarm.announceTo((scheme.equals("http") ? tracker.url() : tracker.udpUrl()) + "?passkey=s3cret");
            swarm.seed(sample, sample.content());
            swarm.await(() -> tracker.announces() > 0);
            Path file = swarm.download(sample, true);

            Replay replay = new Replay(source(Files.readAllBytes(file)));
            assertThat(replay.header().masked()).isTrue();
            assertThat(replay.header().torrent().toString())
                    .doesNotContain("secret")
                    .doesNotContain(scratch.getFileName().toString());
            assertThat(replay.run().divergence()).isEmpty();
            assertThat(transcript(file))
                    .anyMatch(line -> line.matches(" +\\d+\\.\\d{6}  #\\d+ +handshake -AH0100-.*"))
                    .anyMatch(line -> line.contains("piece "))
                    .anyMatch(line -> line.matches(" +\\d+\\.\\d{6}  " + scheme + " .*"))
                    .noneMatch(line -> line.contains(scratch.toString()))
                    .noneMatch(line -> line.contains("s3cret"));
        }
    }

    @Test
    void replaysWhatIsWholeOfARecordingThatWasCutOff() throws Exception {
        SampleTorrent sample = sample(1 << 20);
        byte[] all;
        try (LoopbackSwarm swarm = new LoopbackSwarm(scratch)) {
            swarm.seed(sample, sample.content());
            all = Files.readAllBytes(swarm.download(sample, false));
        }
        Random random = new Random(1);
        for (int i = 0; i < 3; i++) {
            int kept = all.length - 1 - random.nextInt(all.length / 4);
            Replay.Outcome outcome = new Replay(source(Arrays.copyOf(all, kept))).run();
            assertThat(outcome.divergence()).as(kept + " bytes").isEmpty();
            assertThat(outcome.torn()).isTrue();
            assertThat(outcome.end()).isEmpty();
        }
    }

    @Test
    void saysWhereAnotherEngineWouldHaveDoneSomethingElse() throws Exception {
        SampleTorrent sample = sample(1 << 20);
        try (LoopbackSwarm swarm = new LoopbackSwarm(scratch)) {
            swarm.seed(sample, sample.content());
            byte[] recorded = Files.readAllBytes(swarm.download(sample, false));

            Replay.Outcome outcome =
                    new Replay(source(Rewritten.withSetting(recorded, "ahti.peer.requests-first=5"))).run();

            assertThat(outcome.divergence()).hasValueSatisfying(difference -> {
                assertThat(difference.step()).isPositive();
                assertThat(difference.describe()).contains("recorded was Send").contains("replayed Send");
            });
        }
    }

    @Test
    void refusesASettingThatNobodyKnows() throws Exception {
        SampleTorrent sample = sample(1 << 17);
        try (LoopbackSwarm swarm = new LoopbackSwarm(scratch)) {
            swarm.seed(sample, sample.content());
            byte[] recorded = Files.readAllBytes(swarm.download(sample, false));
            byte[] strange = Rewritten.withSetting(recorded, "ahti.future.key=5");

            assertThatThrownBy(() -> new Replay(source(strange)))
                    .isInstanceOf(UnreadableRecording.class)
                    .hasMessageContaining("ahti.future.key");
        }
    }

    @Test
    void endsARecordingThatGrowsTooLargeAndGoesOnDownloading() throws Exception {
        SampleTorrent sample = sample(2 << 20);
        try (LoopbackSwarm swarm = new LoopbackSwarm(scratch)) {
            swarm.seed(sample, sample.content());
            Path file = swarm.download(sample, false, "record.max-size=2K");

            assertThat(Files.readAllBytes(swarm.target().resolve("secret name.bin")))
                    .isEqualTo(sample.content());
            assertThat(swarm.warnings()).singleElement().asString().contains("ahti.record.max-size");
            Replay.Outcome outcome = replay(file);
            assertThat(outcome.divergence()).isEmpty();
            assertThat(outcome.end().orElseThrow()).contains("max-size");
            assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                    .startsWith("\u0089AHTREC");
        }
    }

    @Test
    void endsARecordingOnAFullDiskAndGoesOnDownloading() throws Exception {
        SampleTorrent sample = sample(1 << 20);
        try (LoopbackSwarm swarm = new LoopbackSwarm(scratch)) {
            swarm.seed(sample, sample.content());
            swarm.room(2);
            Path file = swarm.download(sample, false);

            assertThat(Files.readAllBytes(swarm.target().resolve("secret name.bin")))
                    .isEqualTo(sample.content());
            assertThat(swarm.warnings()).singleElement().asString().contains("No space left on device");
            assertThat(replay(file).divergence()).isEmpty();
        }
    }
}
