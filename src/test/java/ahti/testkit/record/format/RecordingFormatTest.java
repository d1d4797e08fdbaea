package ahti.testkit.record.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ahti.Seeds;
import ahti.core.RateLimits;
import ahti.metainfo.FilePriority;
import ahti.metainfo.FileSelection;
import ahti.testkit.record.event.DiskAnswer;
import ahti.testkit.record.event.DiskCall;
import ahti.testkit.record.event.Entry;
import ahti.testkit.record.event.Header;
import ahti.testkit.record.event.Input;
import ahti.testkit.record.event.Output;
import ahti.testkit.record.event.RecordedGoal;
import ahti.testkit.record.event.RecordedSelection;
import ahti.testkit.record.event.RecordedTorrent;
import ahti.testkit.record.event.Timed;
import ahti.testkit.record.event.Wish;
import ahti.torrent.SeedingGoal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;

class RecordingFormatTest {
    private static final Header HEADER = new Header(
            "0.1",
            "17",
            -5,
            false,
            List.of("ahti.peer.requests-min=5"),
            List.of(InetAddress.getLoopbackAddress()),
            new RecordedTorrent(
                    ByteString.fromArray(new byte[20]),
                    "näme",
                    100,
                    64,
                    List.of(new RecordedTorrent.RecordedFile(List.of("näme"), 100, false, false)),
                    true,
                    List.of(List.of("http://x.example/announce")),
                    "/d",
                    RecordedSelection.of(FileSelection.only(List.of(0)).with(1, FilePriority.LOW)),
                    true,
                    true,
                    true,
                    false,
                    true,
                    List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 1)),
                    List.of(),
                    true,
                    Optional.of("/s"),
                    RecordedGoal.of(SeedingGoal.ratio(2.5).orTime(Duration.ofMinutes(3))),
                    true,
                    new RateLimits(1, 2)));

    private static ByteString bytes(Random random) {
        byte[] bytes = new byte[random.nextInt(300)];
        random.nextBytes(bytes);
        return ByteString.fromArray(bytes);
    }

    private static InetSocketAddress address(Random random) {
        byte[] ip = new byte[random.nextBoolean() ? 4 : 16];
        random.nextBytes(ip);
        try {
            return new InetSocketAddress(InetAddress.getByAddress(ip), random.nextInt(65_536));
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private static Wish wish(Random random, int n) {
        return switch (random.nextInt(7)) {
            case 0 -> new Wish.AddPeers(List.of(address(random), address(random)));
            case 1 -> new Wish.Status(n);
            case 2 -> new Wish.Remove(random.nextBoolean());
            case 3 -> new Wish.Stop(random.nextBoolean() ? Optional.of(random.nextLong()) : Optional.empty());
            case 4 -> new Wish.LimitAll(new RateLimits(n + 100, 1));
            case 5 -> new Wish.LimitTorrent(RateLimits.NONE.up(7));
            default -> new Wish.Pause();
        };
    }

    private static Entry any(Random random) {
        int n = random.nextInt(1_000_000) - 100;
        return switch (random.nextInt(10)) {
            case 0 -> new Input.Received(n, bytes(random));
            case 1 -> new Output.Send(n, bytes(random));
            case 2 -> new Input.Knocked(1, n, address(random));
            case 3 -> new Entry.Wrong(n, random.nextLong());
            case 4 -> new Entry.Disk(DiskCall.of(DiskCall.Act.WRITE, n, random.nextLong(), 7), new DiskAnswer.Done());
            case 5 ->
                new Entry.Disk(
                        DiskCall.on(DiskCall.Act.LOOK, "/a/ü"),
                        new DiskAnswer.Failure(DiskAnswer.Failure.Kind.OTHER, "", "no space"));
            case 6 -> new Input.Wished(wish(random, n));
            case 7 -> new Input.Resolved(n, List.of(address(random).getAddress()));
            case 8 -> new Entry.Disk(DiskCall.on(DiskCall.Act.READ_SMALL, "/r"), new DiskAnswer.Content(bytes(random)));
            default -> new Output.Fetch(n, "http://x", random.nextLong(), 1, 2);
        };
    }

    private static List<Timed> entries(Random random, int most) {
        List<Timed> entries = new ArrayList<>();
        long at = 0;
        for (int i = random.nextInt(most); i >= 0; i--) {
            at += random.nextInt(3) * (long) random.nextInt();
            at = Math.max(
                    at, entries.isEmpty() ? 0 : entries.get(entries.size() - 1).nanos());
            entries.add(new Timed(at, any(random)));
        }
        return entries;
    }

    private static byte[] written(List<Timed> entries, int flushEvery) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        RecordingWriter writer = new RecordingWriter(out::writeBytes, HEADER);
        for (int i = 0; i < entries.size(); i++) {
            writer.write(entries.get(i).nanos(), entries.get(i).entry());
            if (i % flushEvery == 0) {
                writer.flush();
            }
        }
        writer.flush();
        assertThat(writer.written()).isEqualTo(out.size());
        return out.toByteArray();
    }

    private static ByteSource source(byte[] bytes) {
        return (offset, most) -> Arrays.copyOfRange(
                bytes, (int) Math.min(bytes.length, offset), (int) Math.min(bytes.length, offset + most));
    }

    private static List<Timed> read(RecordingReader reader) throws Exception {
        List<Timed> entries = new ArrayList<>();
        for (Optional<Timed> next = reader.read(); next.isPresent(); next = reader.read()) {
            entries.add(next.get());
        }
        return entries;
    }

    private static UnreadableRecording.Kind refusal(byte[] bytes) {
        try {
            read(new RecordingReader(source(bytes)));
            throw new AssertionError("it was read");
        } catch (UnreadableRecording e) {
            return e.kind();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Seeds(50)
    void readsBackWhatItWrites(long seed) throws Exception {
        Random random = new Random(seed);
        List<Timed> entries = entries(random, 300);

        RecordingReader reader = new RecordingReader(source(written(entries, 1 + random.nextInt(100))));

        assertThat(reader.header()).isEqualTo(HEADER);
        assertThat(read(reader)).isEqualTo(entries);
        assertThat(reader.isTorn()).isFalse();
    }

    @Seeds(20)
    void readsUpToTheLastWholeChunkWhereverItWasCutOff(long seed) throws Exception {
        Random random = new Random(seed);
        List<Timed> entries = entries(random, 60);
        byte[] all = written(entries, 7);
        for (int kept = 0; kept < all.length; kept += 1 + random.nextInt(5)) {
            byte[] cut = Arrays.copyOf(all, kept);
            try {
                RecordingReader reader = new RecordingReader(source(cut));
                List<Timed> found = read(reader);
                assertThat(found).isEqualTo(entries.subList(0, found.size()));
            } catch (UnreadableRecording e) {
                assertThat(e.kind()).isIn(UnreadableRecording.Kind.EMPTY, UnreadableRecording.Kind.FOREIGN);
            }
        }
    }

    @Seeds(20)
    void takesNoBitThatChangedForWhatWasWritten(long seed) throws Exception {
        Random random = new Random(seed);
        List<Timed> entries = entries(random, 60);
        byte[] damaged = written(entries, 7);
        int at = RecordingWriter.MAGIC.length + 2 + random.nextInt(damaged.length - RecordingWriter.MAGIC.length - 2);
        damaged[at] ^= (byte) (1 << random.nextInt(8));
        try {
            List<Timed> found = read(new RecordingReader(source(damaged)));
            assertThat(found).hasSizeLessThanOrEqualTo(entries.size()).isEqualTo(entries.subList(0, found.size()));
        } catch (UnreadableRecording e) {
            assertThat(e.kind()).isNotEqualTo(UnreadableRecording.Kind.FOREIGN);
        }
    }

    @Seeds(50)
    void refusesGarbage(long seed) {
        byte[] garbage = new byte[1 + new Random(seed).nextInt(2000)];
        new Random(seed).nextBytes(garbage);

        assertThat(refusal(garbage)).isEqualTo(UnreadableRecording.Kind.FOREIGN);
    }

    @Seeds(200)
    void survivesChunksThatSayWhatNobodyWrites(long seed) throws Exception {
        Random random = new Random(seed);
        byte[] plain = new byte[random.nextInt(200)];
        random.nextBytes(plain);
        FieldReader in = new FieldReader(plain);
        try {
            while (in.hasMore()) {
                assertThat(Codec.of(Entry.class).read(in)).isNotNull();
            }
        } catch (UnreadableRecording e) {
            assertThat(e.kind()).isEqualTo(UnreadableRecording.Kind.MALFORMED);
        }
    }

    @Test
    void tellsAForeignFromANewerFromAnEmptyFile() throws Exception {
        byte[] good = written(List.of(), 1);
        byte[] newer = good.clone();
        ByteBuffer.wrap(newer).putShort(RecordingWriter.MAGIC.length, (short) (RecordingWriter.VERSION + 1));

        byte[] older = good.clone();
        ByteBuffer.wrap(older).putShort(RecordingWriter.MAGIC.length, (short) (RecordingWriter.VERSION - 1));

        assertThat(refusal(new byte[0])).isEqualTo(UnreadableRecording.Kind.FOREIGN);
        assertThat(refusal("d8:announce".getBytes(java.nio.charset.StandardCharsets.US_ASCII)))
                .isEqualTo(UnreadableRecording.Kind.FOREIGN);
        assertThat(refusal(newer)).isEqualTo(UnreadableRecording.Kind.NEWER);
        assertThat(refusal(older)).isEqualTo(UnreadableRecording.Kind.OLDER);
        assertThat(refusal(Arrays.copyOf(good, RecordingWriter.MAGIC.length + 1)))
                .isEqualTo(UnreadableRecording.Kind.EMPTY);
        assertThat(refusal(Arrays.copyOf(good, good.length - 1))).isEqualTo(UnreadableRecording.Kind.EMPTY);
    }

    @Test
    void failsWithItsSink() {
        assertThatThrownBy(() -> new RecordingWriter(
                        bytes -> {
                            throw new IOException("no space left on device");
                        },
                        HEADER))
                .isInstanceOf(IOException.class)
                .hasMessage("no space left on device");
    }
}
