package ahti.metainfo;

import ahti.core.InfoBytes;
import ahti.core.InfoHash;
import ahti.core.PieceHashes;
import ahti.core.PieceLayout;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A torrent as its .torrent file says, checked and made safe: {@link MetainfoReader} makes it.
 *
 * <p>What always holds: the files follow each other without gaps from byte 0 to {@code layout.totalLength()}, there is one
 * hash for each piece, and no two files that are not padding have the same path, not even on a file system that does not
 * tell capitals apart. Texts hold no control characters.
 *
 * @param protocol what the torrent is for; a hybrid is used as v1, and a torrent for v2 alone never becomes a Metainfo
 * @param infoHash the hash in use: v1, over the original bytes of the info dictionary
 * @param infoHashV2 a hybrid's other hash (BEP 52)
 * @param name what to call it: safe as a path and on a screen
 * @param layout how its bytes divide into pieces
 * @param hashes of its pieces
 * @param files in the order of their bytes, padding included
 * @param isPrivate peers may come from its trackers only (BEP 27)
 * @param trackers announce URLs in tiers (BEP 12): no tier is empty, no URL stands twice
 * @param webSeeds URLs of BEP 19
 * @param comment free text
 * @param createdBy the program that made it
 * @param createdAt when it says it was made
 * @param source which site it is for; part of the info dictionary, so it changes the hash
 * @param nodes of the DHT, as {@code host:port} (BEP 5)
 * @param renamings what was changed to make names safe, to be shown to the user
 * @param info the original bytes of the info dictionary, to hand out to peers (BEP 9); empty when they are not kept
 */
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
        List<Renaming> renamings,
        Optional<InfoBytes> info) {

    /** Without the original bytes. */
    public Metainfo(
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
        this(
                protocol,
                infoHash,
                infoHashV2,
                name,
                layout,
                hashes,
                files,
                isPrivate,
                trackers,
                webSeeds,
                comment,
                createdBy,
                createdAt,
                source,
                nodes,
                renamings,
                Optional.empty());
    }

    /** Which versions of the protocol a torrent is for. */
    public enum Protocol {
        /** SHA-1 pieces (BEP 3). */
        V1,
        /** SHA-256 Merkle trees (BEP 52). */
        V2,
        /** Both. */
        HYBRID
    }

    public Metainfo {
        if (protocol == Protocol.V2 || infoHash.version() != InfoHash.Version.V1) {
            throw new IllegalArgumentException("not a v1 or hybrid torrent: " + protocol + " " + infoHash);
        }
        if ((protocol == Protocol.HYBRID) != infoHashV2.isPresent()) {
            throw new IllegalArgumentException("a hybrid and no other has a v2 hash: " + protocol + " " + infoHashV2);
        }
        if (name.isEmpty() || files.isEmpty()) {
            throw new IllegalArgumentException("a torrent has a name and a file");
        }
        if (hashes.size() != layout.pieces()) {
            throw new IllegalArgumentException(hashes + " for " + layout.pieces() + " pieces");
        }
        FileTable table = FileTable.of(files);
        files = table;
        long end = table.end(table.size() - 1);
        if (end != layout.totalLength()) {
            throw new IllegalArgumentException("files of " + end + " bytes in a layout of " + layout.totalLength());
        }
        trackers = trackers.stream().map(List::copyOf).toList();
        webSeeds = List.copyOf(webSeeds);
        nodes = List.copyOf(nodes);
        renamings = List.copyOf(renamings);
    }

    /** The same with these web seeds and no others. */
    public Metainfo withWebSeeds(List<String> urls) {
        return new Metainfo(
                protocol,
                infoHash,
                infoHashV2,
                name,
                layout,
                hashes,
                files,
                isPrivate,
                trackers,
                urls,
                comment,
                createdBy,
                createdAt,
                source,
                nodes,
                renamings);
    }

    /** Bytes of all files, padding left out: what a user calls its size. */
    public long contentLength() {
        return files.stream()
                .filter(file -> !file.isPad())
                .mapToLong(FileEntry::length)
                .sum();
    }
}
