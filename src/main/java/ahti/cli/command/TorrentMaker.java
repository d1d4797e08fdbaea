package ahti.cli.command;

import ahti.cli.env.CommandFailure;
import ahti.cli.env.Env;
import ahti.cli.env.ExitCode;
import ahti.core.Limits;
import ahti.core.PieceHash;
import ahti.core.PieceHashes;
import ahti.disk.FileStore;
import ahti.disk.PieceScan;
import ahti.disk.SourceTree;
import ahti.metainfo.FileEntry;
import ahti.metainfo.PieceSizes;
import ahti.metainfo.TorrentCreation;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/** Makes the bytes of a .torrent file from files: the one way for {@code create}, {@code seed} and {@code demo}. */
final class TorrentMaker {
    private final Env env;
    private final Limits limits;
    private final FileStore store;
    private final boolean quiet;

    TorrentMaker(Env env, Limits limits, FileStore store, boolean quiet) {
        this.env = env;
        this.limits = limits;
        this.store = store;
        this.quiet = quiet;
    }

    /** What the user wants the torrent to say; {@code pieceLength} is chosen by size when empty. */
    record Wishes(
            List<List<String>> trackers,
            List<String> webSeeds,
            OptionalInt pieceLength,
            boolean isPrivate,
            Optional<String> comment,
            boolean isAligned,
            Optional<String> source,
            Optional<String> createdBy,
            Optional<Instant> createdAt) {

        /** These trackers, and everything else left out. */
        static Wishes plain(List<List<String>> trackers) {
            return new Wishes(
                    trackers,
                    List.of(),
                    OptionalInt.empty(),
                    false,
                    Optional.empty(),
                    false,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
        }
    }

    /** Hashes the file or the directory, in parallel, and gives the bytes of its torrent. */
    byte[] make(Path path, Wishes wishes) throws InterruptedException {
        SourceTree there = list(path);
        int pieceLength = wishes.pieceLength().orElse(PieceSizes.choose(there.totalLength()));
        SourceTree tree = wishes.isAligned() ? there.aligned(pieceLength) : there;
        assertFits(leastBytes(tree, pieceLength));
        byte[] torrent = new TorrentCreation(
                        tree.name(),
                        content(tree),
                        pieceLength,
                        hash(tree, pieceLength),
                        wishes.trackers(),
                        wishes.webSeeds(),
                        wishes.isPrivate(),
                        wishes.comment(),
                        wishes.source(),
                        wishes.createdBy(),
                        wishes.createdAt())
                .encode();
        assertFits(torrent.length);
        return torrent;
    }

    /** What the torrent will have at least, so that nobody waits for hashes in vain. */
    private static long leastBytes(SourceTree tree, int pieceLength) {
        long names = tree.files().stream()
                .flatMap(file -> file.names().stream())
                .mapToLong(String::length)
                .sum();
        return names + tree.totalLength() / pieceLength * PieceHash.SHA1_LENGTH;
    }

    private void assertFits(long bytes) {
        if (bytes > limits.torrentFileBytes()) {
            throw new CommandFailure(
                    ExitCode.BAD_OPTION,
                    "the torrent would have " + bytes + " bytes or more, and none has more than "
                            + limits.torrentFileBytes()
                            + " (limits.torrent-file): take longer pieces, or fewer files with shorter names");
        }
    }

    private SourceTree list(Path path) {
        SourceTree.Listing listing = SourceTree.list(path, limits);
        if (listing instanceof SourceTree.Listed listed) {
            if (!quiet) {
                listed.tree()
                        .skipped()
                        .forEach(skipped ->
                                env.stderr().println("left out: " + skipped.path() + " (" + skipped.reason() + ")"));
            }
            return listed.tree();
        }
        if (listing instanceof SourceTree.NotFound) {
            throw new CommandFailure(ExitCode.NOT_FOUND, path + ": no such file or directory");
        }
        if (listing instanceof SourceTree.Refused refused) {
            throw new CommandFailure(ExitCode.BAD_OPTION, refused.reason());
        }
        throw new CommandFailure(
                ExitCode.DISK, ((SourceTree.Unreadable) listing).problem().describe());
    }

    private PieceHashes hash(SourceTree tree, int pieceLength) throws InterruptedException {
        try (Workers workers = new Workers(env, quiet)) {
            PieceScan.HashResult result =
                    workers.scan(store, "hashing", tree.totalLength()).hash(tree, pieceLength);
            if (result instanceof PieceScan.Hashed hashed) {
                return hashed.hashes();
            }
            if (result instanceof PieceScan.Changed changed) {
                throw new CommandFailure(ExitCode.DISK, changed.path() + " changed while it was hashed; run again");
            }
            throw new CommandFailure(
                    ExitCode.DISK, ((PieceScan.Unhashed) result).problem().describe());
        }
    }

    private static TorrentCreation.Content content(SourceTree tree) {
        if (tree.isSingleFile()) {
            return new TorrentCreation.SingleFile(
                    tree.totalLength(), attributes(tree.files().get(0)));
        }
        return new TorrentCreation.Directory(
                tree.files().stream().flatMap(TorrentMaker::entries).toList());
    }

    /** A file, and what is between it and the next. */
    private static Stream<TorrentCreation.SourceFile> entries(SourceTree.SourceFile file) {
        TorrentCreation.SourceFile entry =
                new TorrentCreation.SourceFile(file.names(), file.state().size(), attributes(file));
        return file.padding() == 0
                ? Stream.of(entry)
                : Stream.of(entry, TorrentCreation.SourceFile.padding(file.padding()));
    }

    private static Set<FileEntry.Attribute> attributes(SourceTree.SourceFile file) {
        return file.executable() ? Set.of(FileEntry.Attribute.EXECUTABLE) : Set.of();
    }
}
