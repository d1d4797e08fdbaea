package ahti.torrent;

import ahti.core.InfoHash;
import ahti.dht.DhtStatus;
import ahti.torrent.why.WaitReason;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A torrent at one moment. All sizes in bytes, all rates in bytes per second.
 *
 * @param checked while CHECKING, bytes read and verified so far
 * @param toCheck while CHECKING, bytes to check in all
 * @param have wanted bytes that are stored
 * @param wanted bytes of the selected files (padding left out)
 * @param downloaded payload received in this run, wasted included
 * @param uploaded payload sent in this run
 * @param wasted payload that was thrown away: corrupt, or not asked for
 * @param pieces all, stored, and opened but not stored
 * @param peers connections and candidates
 * @param copies how often pieces are in the swarm, connected peers only
 * @param dht how the DHT serves it; empty where there is none, and for private torrents
 * @param waiting why nothing comes, when nothing comes and something is wanted
 * @param problem why it is paused or failed
 * @param etaSeconds until complete at this rate
 * @param contributors peers that sent at least one verified block in this run
 */
public record TorrentStatus(
        InfoHash infoHash,
        String name,
        TorrentState state,
        long checked,
        long toCheck,
        long have,
        long wanted,
        long downloaded,
        long uploaded,
        long wasted,
        long downRate,
        long upRate,
        Pieces pieces,
        Peers peers,
        Copies copies,
        PieceMap map,
        List<TrackerStatus> trackers,
        Optional<DhtStatus> dht,
        Optional<WaitReason> waiting,
        Optional<Problem> problem,
        OptionalLong etaSeconds,
        int contributors) {

    /** Numbers of pieces. */
    public record Pieces(int all, int wanted, int stored, int inFlight) {}

    /** Numbers of peers, web seeds among them: connected, those that unchoked us, those that we unchoked and that are interested, all addresses known. */
    public record Peers(int connected, int feedingUs, int fedByUs, int known) {}

    /** Copies of wanted pieces among connected peers. */
    public record Copies(int min, double average, int unavailablePieces) {}

    /** Of a torrent of which only a magnet link is known. */
    static TorrentStatus unknown(
            InfoHash infoHash,
            String title,
            TorrentState state,
            Peers peers,
            Optional<DhtStatus> dht,
            WaitReason waiting,
            Optional<Problem> problem) {
        return new TorrentStatus(
                infoHash,
                title,
                state,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                new Pieces(0, 0, 0, 0),
                peers,
                new Copies(0, 0, 0),
                PieceMap.EMPTY,
                List.of(),
                dht,
                Optional.of(waiting),
                problem,
                OptionalLong.empty(),
                0);
    }
}
