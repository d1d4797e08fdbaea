package ahti.metainfo;

import ahti.core.InfoHash;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What can be told of a torrent for v2 alone (BEP 52). The parts mean what they mean in {@link Metainfo}.
 *
 * @param infoHashV2 over the original bytes of the info dictionary
 * @param pieces of all files together; each file begins a new one
 * @param files each non-empty one begins at a multiple of the piece length; there is no padding
 */
public record V2Summary(
        String name,
        InfoHash infoHashV2,
        int pieceLength,
        int pieces,
        List<FileEntry> files,
        boolean isPrivate,
        List<List<String>> trackers,
        List<String> webSeeds,
        Optional<String> comment,
        Optional<String> createdBy,
        Optional<Instant> createdAt,
        Optional<String> source,
        List<Renaming> renamings) {

    public V2Summary {
        files = List.copyOf(files);
        trackers = trackers.stream().map(List::copyOf).toList();
        webSeeds = List.copyOf(webSeeds);
        renamings = List.copyOf(renamings);
    }

    /** Bytes of all files. */
    public long contentLength() {
        return files.stream().mapToLong(FileEntry::length).sum();
    }
}
