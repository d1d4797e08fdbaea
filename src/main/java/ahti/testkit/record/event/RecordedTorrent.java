package ahti.testkit.record.event;

import ahti.core.InfoHash;
import ahti.core.PieceHashes;
import ahti.core.PieceLayout;
import ahti.core.RateLimits;
import ahti.engine.AddOptions;
import ahti.metainfo.FileEntry;
import ahti.metainfo.Metainfo;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.pekko.util.ByteString;

/**
 * A torrent and what was to be done with it: all of a {@link Metainfo} and of {@link AddOptions} that a decision may depend
 * on. Not the hashes of the pieces: a replay works on made-up data that has hashes of its own.
 *
 * @param infoHash 20 bytes
 * @param files the rest as in {@link Metainfo} and {@link AddOptions}
 */
public record RecordedTorrent(
        ByteString infoHash,
        String name,
        long totalLength,
        int pieceLength,
        List<RecordedFile> files,
        boolean isPrivate,
        List<List<String>> trackers,
        String directory,
        RecordedSelection selected,
        boolean paused,
        boolean sequential,
        boolean edgesFirst,
        boolean checkAll,
        boolean seedOnly,
        List<InetSocketAddress> peers,
        List<List<String>> moreTrackers,
        boolean useTrackers,
        Optional<String> stateDirectory,
        RecordedGoal goal,
        boolean onDemand,
        RateLimits limits) {

    /**
     * A file of it.
     *
     * @param pad whether it is padding
     * @param link whether it is a symbolic link, which a replay does not make
     */
    public record RecordedFile(List<String> path, long length, boolean pad, boolean link) {}

    /** Of this one. */
    public static RecordedTorrent of(Addition addition) {
        Metainfo metainfo = addition.metainfo();
        AddOptions options = addition.options();
        return new RecordedTorrent(
                ByteString.fromArray(metainfo.infoHash().wireBytes()),
                metainfo.name(),
                metainfo.layout().totalLength(),
                metainfo.layout().pieceLength(),
                metainfo.files().stream()
                        .map(file -> new RecordedFile(file.path(), file.length(), file.isPad(), file.isLink()))
                        .toList(),
                metainfo.isPrivate(),
                metainfo.trackers(),
                options.directory().toAbsolutePath().toString(),
                RecordedSelection.of(options.files()),
                options.paused(),
                options.sequential(),
                options.edgesFirst(),
                options.checkAll(),
                options.seedOnly(),
                options.peers(),
                options.moreTrackers(),
                options.useTrackers(),
                options.stateDirectory().map(Path::toString),
                RecordedGoal.of(options.goal()),
                options.onDemand(),
                options.limits());
    }

    /** How the bytes divide into pieces. */
    public PieceLayout layout() {
        return new PieceLayout(totalLength, pieceLength);
    }

    /** The files, each where it begins. */
    public List<FileEntry> entries() {
        List<FileEntry> entries = new ArrayList<>(files.size());
        long at = 0;
        for (RecordedFile file : files) {
            Set<FileEntry.Attribute> attributes = EnumSet.noneOf(FileEntry.Attribute.class);
            if (file.pad()) {
                attributes.add(FileEntry.Attribute.PAD);
            }
            if (file.link()) {
                attributes.add(FileEntry.Attribute.SYMLINK);
            }
            entries.add(new FileEntry(file.path(), at, file.length(), attributes));
            at += file.length();
        }
        return entries;
    }

    /** The same again, with these hashes. */
    public Addition addition(PieceHashes hashes) {
        return new Addition(metainfo(hashes), options());
    }

    /** How it was added; the directory is absolute. */
    public AddOptions options() {
        return new AddOptions(
                Path.of(directory),
                selected.selection(),
                paused,
                sequential,
                edgesFirst,
                checkAll,
                seedOnly,
                peers,
                moreTrackers,
                useTrackers,
                stateDirectory.map(Path::of),
                goal.goal(),
                onDemand,
                false,
                limits,
                false);
    }

    private Metainfo metainfo(PieceHashes hashes) {
        return new Metainfo(
                Metainfo.Protocol.V1,
                InfoHash.v1(infoHash.toArray()),
                Optional.empty(),
                name,
                layout(),
                hashes,
                entries(),
                isPrivate,
                trackers,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of());
    }

    /** The same with other names: of files, of trackers, of peers, of directories. */
    public RecordedTorrent renamed(
            String newName,
            List<RecordedFile> newFiles,
            Function<String, String> tracker,
            Function<InetSocketAddress, InetSocketAddress> peer,
            Function<String, String> path) {
        return new RecordedTorrent(
                infoHash,
                newName,
                totalLength,
                pieceLength,
                newFiles,
                isPrivate,
                tiers(trackers, tracker),
                path.apply(directory),
                selected,
                paused,
                sequential,
                edgesFirst,
                checkAll,
                seedOnly,
                peers.stream().map(peer).toList(),
                tiers(moreTrackers, tracker),
                useTrackers,
                stateDirectory.map(path),
                goal,
                onDemand,
                limits);
    }

    private static List<List<String>> tiers(List<List<String>> tiers, Function<String, String> tracker) {
        return tiers.stream().map(tier -> tier.stream().map(tracker).toList()).toList();
    }
}
