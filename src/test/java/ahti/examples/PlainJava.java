package ahti.examples;

import ahti.engine.AddOptions;
import ahti.engine.Ahti;
import ahti.engine.Download;
import ahti.engine.TorrentSource;
import java.nio.file.Path;

/** No actors anywhere: three lines that download. */
final class PlainJava {
    private PlainJava() {}

    static void download(Path torrent, Path directory) {
        // README: plain
        try (Ahti ahti = Ahti.start()) {
            var download = ahti.add(TorrentSource.file(torrent), AddOptions.to(directory));
            download.thenCompose(Download::finished).toCompletableFuture().join();
        }
        // README: end
    }
}
