package ahti.torrent;

import ahti.metainfo.FileSelection;
import ahti.metainfo.Metainfo;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What to do with a torrent.
 *
 * @param metainfo what it is; its trackers are used when {@code useTrackers}
 * @param directory where its files go; the torrent's own root directory is made below it
 * @param files which files to fetch, and how urgently
 * @param sequential lowest piece first
 * @param edgesFirst both ends of every wanted file before everything else: what players look at first
 * @param checkAll read and verify everything that is there, whatever the resume record says
 * @param seedOnly fetch nothing: what is missing stays missing
 * @param peers addresses to connect to besides what trackers say
 * @param moreTrackers announce URLs besides the torrent's own, in tiers
 * @param useTrackers whether to announce at all
 * @param stateDirectory where the resume record and the lock live; empty means neither is kept
 * @param goal how long it is shared when it is complete; then it rests
 * @param onDemand fetch only what readers are about to read: a slow reader slows the swarm, and without one nothing comes
 * @param superSeed hide what is there, and show each peer a piece or two at a time (BEP 16), while there is no other seed; of no
 *     meaning unless everything is there from the start
 */
public record TorrentSpec(
        Metainfo metainfo,
        Path directory,
        FileSelection files,
        boolean sequential,
        boolean edgesFirst,
        boolean checkAll,
        boolean seedOnly,
        List<InetSocketAddress> peers,
        List<List<String>> moreTrackers,
        boolean useTrackers,
        Optional<Path> stateDirectory,
        SeedingGoal goal,
        boolean onDemand,
        boolean superSeed) {

    /** A torrent that is fetched whether somebody reads it or not; {@code files} are indexes, none means all. */
    public TorrentSpec(
            Metainfo metainfo,
            Path directory,
            Set<Integer> files,
            boolean sequential,
            boolean checkAll,
            boolean seedOnly,
            List<InetSocketAddress> peers,
            List<List<String>> moreTrackers,
            boolean useTrackers,
            Optional<Path> stateDirectory) {
        this(
                metainfo,
                directory,
                files.isEmpty() ? FileSelection.all() : FileSelection.only(files),
                sequential,
                false,
                checkAll,
                seedOnly,
                peers,
                moreTrackers,
                useTrackers,
                stateDirectory,
                SeedingGoal.forever(),
                false,
                false);
    }

    /** The same, but nothing is fetched that no reader is about to read: see {@link Torrent.Read}. */
    public TorrentSpec fetchedOnDemand() {
        return new TorrentSpec(
                metainfo,
                directory,
                files,
                sequential,
                edgesFirst,
                checkAll,
                seedOnly,
                peers,
                moreTrackers,
                useTrackers,
                stateDirectory,
                goal,
                true,
                superSeed);
    }

    /** The same, but shared as BEP 16 says: a piece or two at a time for each peer. */
    public TorrentSpec superSeeding() {
        return new TorrentSpec(
                metainfo,
                directory,
                files,
                sequential,
                edgesFirst,
                checkAll,
                seedOnly,
                peers,
                moreTrackers,
                useTrackers,
                stateDirectory,
                goal,
                onDemand,
                true);
    }
}
