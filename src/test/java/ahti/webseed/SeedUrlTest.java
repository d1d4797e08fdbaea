package ahti.webseed;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.metainfo.FileEntry;
import ahti.metainfo.Metainfo;
import ahti.testkit.content.SimulatedTorrent;
import java.net.URI;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SeedUrlTest {
    private static final int PIECE = 32_768;

    private final Metainfo album = SimulatedTorrent.piecesOf(PIECE)
            .file("one.flac", 100)
            .file("cover art/ä%.png", 10)
            .build()
            .metainfo();

    @ParameterizedTest
    @CsvSource({
        "http://m.example/x, 0, http://m.example/x/ROOT/one.flac",
        "http://m.example/x/, 1, http://m.example/x/ROOT/cover%20art/%C3%A4%25.png",
    })
    void theFilesOfATorrentAreBelowTheUrl(String url, int file, String expected) {
        String root = album.files().get(0).path().get(0);
        assertThat(new SeedUrl(url, album).of(file)).contains(URI.create(expected.replace("ROOT", root)));
    }

    @Test
    void theOneFileIsAtTheUrlOrBelowItsSlash() {
        Metainfo one = SimulatedTorrent.piecesOf(PIECE).length(100).build().metainfo();
        String name = one.files().get(0).path().get(0);

        assertThat(new SeedUrl("http://m.example/any.bin?x=1", one).of(0))
                .contains(URI.create("http://m.example/any.bin?x=1"));
        assertThat(new SeedUrl("http://m.example/d/", one).of(0)).contains(URI.create("http://m.example/d/" + name));
    }

    @ParameterizedTest
    @CsvSource({"nothing", "http://[broken", "http:///x"})
    void aUrlThatIsNoneHasNothing(String url) {
        assertThat(new SeedUrl(url, album).of(0)).isEmpty();
    }

    @Test
    void publishedNamesAreUsedUnlessTheyLeadElsewhere() {
        assertThat(of("a:b?")).contains(URI.create("http://m.example/t/a%3Ab%3F"));
        assertThat(of("..")).contains(URI.create("http://m.example/t/safe"));
    }

    private java.util.Optional<URI> of(String published) {
        long length = album.layout().totalLength();
        FileEntry file = new FileEntry(List.of("t", "safe"), 0, length, Set.of(), List.of("t", published));
        Metainfo renamed = new Metainfo(
                album.protocol(),
                album.infoHash(),
                album.infoHashV2(),
                album.name(),
                album.layout(),
                album.hashes(),
                List.of(file),
                false,
                List.of(),
                List.of(),
                album.comment(),
                album.createdBy(),
                album.createdAt(),
                album.source(),
                List.of(),
                List.of());
        return new SeedUrl("http://m.example", renamed).of(0);
    }
}
