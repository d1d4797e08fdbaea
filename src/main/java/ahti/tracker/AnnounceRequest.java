package ahti.tracker;

import ahti.core.InfoHash;
import ahti.core.PeerId;
import java.util.Optional;

/**
 * One announce, whatever carries it.
 *
 * @param number tells the announces of one tracker apart: an answer is taken only for the newest
 * @param key the same over IPv4 and IPv6 (BEP 7)
 * @param numWant peers to ask for
 * @param trackerId what the tracker asked to be told again; its bytes as Latin-1
 */
record AnnounceRequest(
        int number,
        InfoHash infoHash,
        PeerId peerId,
        int port,
        int key,
        Announcer.Tally tally,
        AnnounceEvent event,
        int numWant,
        Optional<String> trackerId)
        implements Errand {}
