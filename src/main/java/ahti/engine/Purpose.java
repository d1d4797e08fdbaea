package ahti.engine;

import ahti.core.InfoHash;
import ahti.metainfo.FileSelection;
import ahti.metainfo.Magnet;
import ahti.metainfo.Metainfo;
import ahti.torrent.MagnetSpec;
import ahti.torrent.TorrentSpec;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What is to be done with a torrent that arrives: it is known, or a magnet link of it is. */
sealed interface Purpose {

    /** What a handshake names. */
    InfoHash wireHash();

    /** What to call it for now. */
    String name();

    /** It is known. */
    record Whole(TorrentSpec spec) implements Purpose {
        @Override
        public InfoHash wireHash() {
            return Arrivals.wireHash(spec.metainfo());
        }

        @Override
        public String name() {
            return spec.metainfo().name();
        }
    }

    /** Only a link is known. */
    record Linked(Magnet magnet, AddOptions options) implements Purpose {
        @Override
        public InfoHash wireHash() {
            return magnet.infoHash();
        }

        @Override
        public String name() {
            return magnet.title();
        }

        MagnetSpec spec() {
            List<List<String>> tiers = new ArrayList<>();
            if (options.useTrackers()) {
                magnet.trackers().forEach(url -> tiers.add(List.of(url)));
                tiers.addAll(options.moreTrackers());
            }
            List<InetSocketAddress> peers = new ArrayList<>(options.peers());
            magnet.peers().forEach(text -> LiteralAddress.parse(text).ifPresent(peers::add));
            return new MagnetSpec(magnet, peers, tiers, options.metadataOnly(), this::whole);
        }

        private TorrentSpec whole(Metainfo metainfo, List<InetSocketAddress> met) {
            int files = metainfo.files().size();
            AddOptions known = options;
            if (options.files().equals(FileSelection.all())
                    && !magnet.selection().isEmpty()) {
                known = known.files(magnet.selected(files).toArray(Integer[]::new));
            }
            Set<InetSocketAddress> peers = new LinkedHashSet<>(options.peers());
            peers.addAll(met);
            return known.peers(peers.toArray(InetSocketAddress[]::new)).of(metainfo);
        }
    }
}
