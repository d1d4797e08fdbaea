package ahti.testkit.record.payload;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.Seeds;
import ahti.disk.SampleTorrent;
import ahti.disk.SampleTorrent.Part;
import ahti.engine.AddOptions;
import ahti.hash.PieceDigest;
import ahti.testkit.record.event.Addition;
import ahti.testkit.record.event.RecordedTorrent;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.apache.pekko.util.ByteString;

class MadeUpDataTest {
    private static RecordedTorrent torrent() {
        SampleTorrent sample = SampleTorrent.of(
                100_000, Part.file("s/a", 170_000), Part.pad(30_000), Part.file("s/b", 345_678), Part.pad(1));
        return RecordedTorrent.of(new Addition(sample.metainfo(), AddOptions.to(Path.of("/d"))));
    }

    @Seeds(30)
    void isTheSameHoweverItIsAskedAndHasItsHashes(long seed) {
        RecordedTorrent torrent = torrent();
        MadeUpData data = new MadeUpData(torrent, new DataMap(torrent));
        ByteString all = data.right(0, (int) torrent.totalLength());
        Random random = new Random(seed);
        int from = random.nextInt(all.length());
        int length = random.nextInt(all.length() - from);

        assertThat(data.right(from, length)).isEqualTo(all.slice(from, from + length));
        assertThat(all.slice(170_000, 200_000)).isEqualTo(ByteString.fromArray(new byte[30_000]));
        for (int piece = 0; piece < torrent.layout().pieces(); piece++) {
            int begin = (int) torrent.layout().offset(piece);
            ByteString bytes = all.slice(begin, begin + torrent.layout().length(piece));
            assertThat(data.hashes().get(piece).matches(new PieceDigest().of(List.of(bytes))))
                    .isTrue();
        }
    }

    @Seeds(30)
    void isWrongInEveryByteAndInAWayOfItsOwn(long seed) {
        RecordedTorrent torrent = torrent();
        MadeUpData data = new MadeUpData(torrent, new DataMap(torrent));
        ByteString right = data.right(16_384, 16_384);
        ByteString wrong = data.wrong(16_384, 16_384, seed);

        for (int i = 0; i < right.length(); i++) {
            assertThat(wrong.apply(i)).isNotEqualTo(right.apply(i));
        }
        assertThat(data.wrong(16_384, 16_384, seed)).isEqualTo(wrong);
        assertThat(data.wrong(16_384, 16_384, seed + 1)).isNotEqualTo(wrong);
        assertThat(data.wrong(20_000, 100, seed)).isEqualTo(wrong.slice(20_000 - 16_384, 20_100 - 16_384));
    }
}
