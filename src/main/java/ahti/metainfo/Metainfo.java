package ahti.metainfo;

import ahti.core.InfoHash;
import ahti.core.PieceHashes;
import ahti.core.PieceLayout;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** CONTRACT SKELETON. */
public record Metainfo(
        Protocol protocol,
        InfoHash infoHash,
        Optional<InfoHash> infoHashV2,
        String name,
        PieceLayout layout,
        PieceHashes hashes,
        List<FileEntry> files,
        boolean isPrivate,
        List<List<String>> trackers,
        List<String> webSeeds,
        Optional<String> comment,
        Optional<String> createdBy,
        Optional<Instant> createdAt,
        Optional<String> source,
        List<String> nodes,
        List<Renaming> renamings) {

    /** Which versions of the protocol a torrent is for. */
    public enum Protocol {
        /** SHA-1 pieces (BEP 3). */
        V1,
        /** SHA-256 Merkle trees (BEP 52). */
        V2,
        /** Both. */
        HYBRID
    }
}
