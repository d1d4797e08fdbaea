package ahti.testkit.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ahti.Seeds;
import ahti.core.BlockRef;
import ahti.hash.PieceDigest;
import ahti.metainfo.FileEntry;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SimulatedTorrentTest {
    private final PieceDigest digest = new PieceDigest();

    @Seeds(60)
    void everyPieceOfAnyShapeHasTheHashThatTheTorrentSays(long seed) {
        SimulatedTorrent torrent = any(new Random(seed));

        for (int piece = 0; piece < torrent.pieces(); piece++) {
            assertThat(digest.matches(
                            List.of(torrent.piece(piece)),
                            torrent.metainfo().hashes().get(piece)))
                    .isTrue();
        }
        assertThat(torrent.metainfo().layout().totalLength())
                .isEqualTo(torrent.content().length());
    }

    @Seeds(60)
    void anyRunOfBytesIsPartOfTheWhole(long seed) {
        Random random = new Random(seed);
        SimulatedTorrent torrent = any(random);
        byte[] whole = new byte[(int) torrent.content().length()];
        torrent.content().read(0, ByteBuffer.wrap(whole));
        int from = random.nextInt(whole.length);
        int to = from + 1 + random.nextInt(whole.length - from);

        byte[] part = new byte[to - from + 5];
        ByteBuffer into = ByteBuffer.wrap(part, 2, to - from);
        torrent.content().read(from, into);

        assertThat(into.hasRemaining()).isFalse();
        assertThat(Arrays.copyOfRange(part, 2, 2 + to - from)).isEqualTo(Arrays.copyOfRange(whole, from, to));
        assertThat(part).startsWith(0, 0).endsWith(0, 0, 0);
        ByteBuffer right = ByteBuffer.wrap(part, 2, to - from).asReadOnlyBuffer();
        assertThat(torrent.content().matches(from, right)).isTrue();
        assertThat(right.remaining()).isEqualTo(to - from);
        part[2 + random.nextInt(to - from)] ^= (byte) (1 << random.nextInt(8));
        assertThat(torrent.content().matches(from, right)).isFalse();
    }

    @Test
    void theSameShapeIsTheSameTorrentAndAnotherSeedIsAnother() {
        TorrentShape shape = SimulatedTorrent.piecesOf(1024).pieces(3);

        SimulatedTorrent first = shape.build();

        assertThat(first.toBytes()).isEqualTo(shape.build().toBytes());
        assertThat(first.metainfo().infoHash().hex()).isEqualTo("495c267153a0dff6c9d03244f0dfb01f8f47e27b");
        assertThat(shape.seed(1).build().metainfo().infoHash())
                .isNotEqualTo(first.metainfo().infoHash());
    }

    @Test
    void piecesDifferUnlessTheyAreToldToRepeat() {
        SimulatedTorrent different =
                SimulatedTorrent.piecesOf(1024).length(9 * 1024 + 100).build();
        SimulatedTorrent repeating = SimulatedTorrent.piecesOf(1024)
                .length(9 * 1024 + 100)
                .distinct(4)
                .build();

        assertThat(different.piece(8)).isNotEqualTo(different.piece(4));
        assertThat(repeating.piece(8)).isEqualTo(repeating.piece(4)).isNotEqualTo(repeating.piece(5));
        assertThat(repeating.piece(9)).isEqualTo(repeating.piece(5).take(100));
    }

    @Test
    void aTorrentSaysWhatItWasTold() {
        SimulatedTorrent torrent = SimulatedTorrent.piecesOf(100)
                .name("album")
                .file("one", 150)
                .file("deep/two", 0)
                .file("three", 70)
                .padded()
                .tracker("http://a.example/announce")
                .tracker("udp://b.example:1")
                .isPrivate()
                .build();

        assertThat(torrent.metainfo().files())
                .extracting(FileEntry::path, FileEntry::offset, FileEntry::length)
                .containsExactly(
                        tuple(List.of("album", "one"), 0L, 150L),
                        tuple(List.of("album", ".pad", "50"), 150L, 50L),
                        tuple(List.of("album", "deep", "two"), 200L, 0L),
                        tuple(List.of("album", "three"), 200L, 70L));
        assertThat(torrent.metainfo().trackers())
                .containsExactly(List.of("http://a.example/announce"), List.of("udp://b.example:1"));
        assertThat(torrent.metainfo().isPrivate()).isTrue();
        assertThat(torrent.block(new BlockRef(1, 45, 10)).toArray())
                .endsWith(0, 0, 0, 0, 0)
                .satisfies(bytes -> assertThat(Arrays.copyOf(bytes, 5)).isNotEqualTo(new byte[5]));
    }

    @Test
    void whatNoTorrentCanSayIsRefused() {
        assertThatThrownBy(() -> SimulatedTorrent.piecesOf(100).file("a:/..", 5).build())
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() ->
                        SimulatedTorrent.piecesOf(100).length(7).file("a", 5).build())
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static org.assertj.core.groups.Tuple tuple(Object... values) {
        return org.assertj.core.groups.Tuple.tuple(values);
    }

    private static SimulatedTorrent any(Random random) {
        int pieceLength = 1 + random.nextInt(300);
        TorrentShape shape = SimulatedTorrent.piecesOf(pieceLength).seed(random.nextLong());
        if (random.nextInt(3) == 0) {
            shape.distinct(1 + random.nextInt(4));
        }
        if (random.nextInt(3) == 0) {
            return shape.length(1 + random.nextInt(2000)).build();
        }
        if (random.nextBoolean()) {
            shape.padded();
        }
        int files = 1 + random.nextInt(8);
        for (int i = 0; i < files; i++) {
            shape.file("d" + i % 2 + "/f" + i, (i == 0 ? 1 : 0) + random.nextInt(4) * random.nextInt(200));
        }
        return shape.build();
    }
}
