package ahti.tracker;

import ahti.config.AnnounceTo;
import ahti.core.InfoHash;
import ahti.core.PeerId;
import java.util.List;
import java.util.Optional;

/**
 * What an {@link Announcer} needs to know of its torrent and of the outside.
 *
 * @param tiers tracker URLs as the torrent lists them (BEP 12); anything may stand there
 * @param port where we accept peers
 * @param key the same for all trackers and both address families of one torrent (BEP 7), random
 * @param start how far the torrent is at the first announce
 * @param announceTo to which of the trackers; for a private torrent only {@link AnnounceTo#FIRST} (BEP 27)
 */
public record AnnouncerSettings(
        List<List<String>> tiers,
        InfoHash infoHash,
        PeerId peerId,
        int port,
        int key,
        Announcer.Tally start,
        AnnounceTo announceTo,
        TrackerWays ways) {

    public AnnouncerSettings {
        tiers = tiers.stream().map(List::copyOf).toList();
    }

    AnnounceRequest request(int number, Announcer.Tally tally, AnnounceEvent event, Optional<String> trackerId) {
        int numWant = event == AnnounceEvent.STOPPED ? 0 : ways.config().numWant();
        return new AnnounceRequest(number, infoHash, peerId, port, key, tally, event, numWant, trackerId);
    }
}
