package ahti.torrent;

import ahti.metainfo.Magnet;
import ahti.metainfo.Metainfo;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.BiFunction;

/**
 * What to do with a torrent of which only a magnet link is known.
 *
 * @param peers addresses that the user named; those of the link come on top
 * @param tiers announce URLs: the link's and the user's; empty: nobody is asked
 * @param metadataOnly stop when the metadata are known
 * @param whole what to do then: from what the torrent is, and the addresses of peers that were met
 */
public record MagnetSpec(
        Magnet magnet,
        List<InetSocketAddress> peers,
        List<List<String>> tiers,
        boolean metadataOnly,
        BiFunction<Metainfo, List<InetSocketAddress>, TorrentSpec> whole) {
    public MagnetSpec {
        peers = List.copyOf(peers);
        tiers = tiers.stream().map(List::copyOf).toList();
    }
}
