package ahti.metainfo;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.bencode.DictBuilder;
import ahti.core.Limits;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Inputs for which the obvious way of reading takes hours: the work must grow with their size, no faster. */
class MetainfoGrowthTest {
    private static final int MILLION = 1_000_000;

    @Test
    void aCommentMayHaveAnyNumberOfLines() {
        Metainfo torrent = Torrents.ok(Torrents.read(new DictBuilder()
                .put("comment", "\n" + "line\n".repeat(MILLION))
                .put("info", Torrents.singleInfo())));

        assertThat(torrent.comment().orElseThrow()).startsWith("line line line").hasSize(4_000);
    }

    @Test
    void aTreeCannotRepeatALongNameInEveryPath() {
        DictBuilder directory = new DictBuilder();
        for (int file = 0; file < 200_000; file++) {
            directory.put(Integer.toString(file), new DictBuilder().put("", new DictBuilder().put("length", 0)));
        }
        DictBuilder tree = new DictBuilder().put("x".repeat(60_000), directory);

        assertThat(Torrents.readInfo(secondVersion(tree)))
                .isInstanceOfSatisfying(
                        ReadResult.Bad.class,
                        bad -> assertThat(bad.describe())
                                .startsWith("info.file tree holds paths of more than 67108864 bytes"));
    }

    @Test
    void aNameOfATreeIsNoLongerThanOthers() {
        DictBuilder tree = new DictBuilder()
                .put("x".repeat(70_000), new DictBuilder().put("", new DictBuilder().put("length", 0)));

        assertThat(Torrents.readInfo(secondVersion(tree)))
                .isInstanceOfSatisfying(
                        ReadResult.Bad.class,
                        bad -> assertThat(bad.describe()).startsWith("info.file tree holds a name of 70000 bytes"));
    }

    @Test
    void aLinkMaySelectEveryFileAThousandTimes() {
        String link = "magnet:?xt=urn:btih:" + "ab".repeat(20) + "&so=" + "0-999999999,".repeat(1_000);
        Magnet magnet = Optional.of(MagnetReader.read(link, Limits.DEFAULT))
                .map(MagnetResult.Ok.class::cast)
                .orElseThrow()
                .magnet();

        assertThat(magnet.selected(MILLION)).hasSize(MILLION);
    }

    private static DictBuilder secondVersion(DictBuilder tree) {
        return new DictBuilder()
                .put("name", "t")
                .put("piece length", 16_384)
                .put("meta version", 2)
                .put("file tree", tree);
    }
}
