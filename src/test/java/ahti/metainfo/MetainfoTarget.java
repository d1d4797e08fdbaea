package ahti.metainfo;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.core.InfoBytes;
import ahti.core.Limits;
import ahti.disk.FilePlace;
import ahti.fuzz.FuzzTarget;
import ahti.fuzz.FuzzTargets;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Any .torrent file: what is read is a torrent whose files stay below a directory, apart from each other, and fit to show. */
public final class MetainfoTarget implements FuzzTarget {
    private static final Path BASE = Path.of("/downloads");

    @Override
    public String name() {
        return "metainfo";
    }

    @Override
    public void check(byte[] input) {
        ReadResult result = MetainfoReader.read(input, Limits.DEFAULT);
        assertThat(MetainfoReader.read(input, Limits.DEFAULT)).isEqualTo(result);
        if (result instanceof ReadResult.NotBencode not) {
            FuzzTargets.assertFitToShow(not.describe());
        } else if (result instanceof ReadResult.Bad bad) {
            FuzzTargets.assertFitToShow(bad.describe());
        } else if (result instanceof ReadResult.V2Only v2) {
            checkV2(v2.summary());
        } else if (result instanceof ReadResult.Ok ok) {
            checkTorrent(input, ok.metainfo());
        }
    }

    private static void checkV2(V2Summary summary) {
        FuzzTargets.assertFitToShow(summary.name());
        checkPaths(summary.files());
        checkTexts(summary.trackers(), summary.webSeeds(), summary.comment(), summary.createdBy(), summary.renamings());
    }

    private static void checkTorrent(byte[] file, Metainfo torrent) {
        FuzzTargets.assertFitToShow(torrent.name());
        checkPaths(torrent.files());
        checkTexts(torrent.trackers(), torrent.webSeeds(), torrent.comment(), torrent.createdBy(), torrent.renamings());
        torrent.source().ifPresent(FuzzTargets::assertFitToShow);
        torrent.nodes().forEach(FuzzTargets::assertFitToShow);
        checkMap(torrent);
        InfoBytes info = torrent.info().orElseThrow();
        Magnet link = Magnet.of(torrent);
        assertThat(link.isInfo(info)).isTrue();
        checkSame(torrent, link.toTorrent(info, Limits.DEFAULT).orElseThrow());
        checkSame(torrent, TrackerEdit.encode(file, List.of(), Limits.DEFAULT));
    }

    /** Written again with other surroundings it is the same torrent. */
    private static void checkSame(Metainfo torrent, byte[] written) {
        Metainfo again = Torrents.ok(MetainfoReader.read(written, Limits.DEFAULT));
        assertThat(again.infoHash()).isEqualTo(torrent.infoHash());
        assertThat(again.files()).isEqualTo(torrent.files());
        assertThat(again.info()).isEqualTo(torrent.info());
    }

    private static void checkMap(Metainfo torrent) {
        long total = torrent.layout().totalLength();
        List<FileSlice> slices = new FileMap(torrent).slices(0, total);
        assertThat(slices.stream().mapToLong(FileSlice::length).sum()).isEqualTo(total);
        assertThat(torrent.layout().pieces()).isEqualTo(torrent.hashes().size());
    }

    static void checkPaths(List<FileEntry> files) {
        Set<List<String>> taken = new HashSet<>();
        Set<List<String>> directories = new HashSet<>();
        for (FileEntry file : files) {
            if (!file.isPad()) {
                FilePlace place = FilePlace.of(BASE, file.path());
                Path inside = place.path().normalize();
                assertThat(inside.startsWith(BASE) && !inside.equals(BASE)).isTrue();
                file.path().forEach(MetainfoTarget::checkName);
                List<String> folded = file.path().stream().map(SafeName::folded).toList();
                assertThat(taken.add(folded)).as("%s alone has its path", file).isTrue();
                for (int names = 1; names < folded.size(); names++) {
                    directories.add(folded.subList(0, names));
                }
            }
        }
        directories.retainAll(taken);
        assertThat(directories).as("files where directories are needed").isEmpty();
    }

    private static void checkName(String name) {
        FuzzTargets.assertFitToShow(name.replaceAll("[\u200c\u200d]", ""));
        assertThat(name.getBytes(StandardCharsets.UTF_8)).hasSizeBetween(1, SafeName.MOST_BYTES);
        assertThat(name)
                .isNotIn(".", "..")
                .doesNotContain("/", "\\")
                .doesNotEndWith(".")
                .doesNotEndWith(" ");
        assertThat(SafeName.of(name).text()).isEqualTo(name);
    }

    private static void checkTexts(
            List<List<String>> trackers,
            List<String> webSeeds,
            Optional<String> comment,
            Optional<String> createdBy,
            List<Renaming> renamings) {
        Stream.of(trackers.stream().flatMap(List::stream), webSeeds.stream(), comment.stream(), createdBy.stream())
                .flatMap(texts -> texts)
                .forEach(FuzzTargets::assertFitToShow);
        for (Renaming renaming : renamings) {
            FuzzTargets.assertFitToShow(renaming.theirs());
            FuzzTargets.assertFitToShow(renaming.ours());
        }
    }
}
