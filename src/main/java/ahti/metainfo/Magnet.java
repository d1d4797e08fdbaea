package ahti.metainfo;

import ahti.bencode.BencodeDict;
import ahti.bencode.BencodeException;
import ahti.bencode.BencodeReader;
import ahti.bencode.DictBuilder;
import ahti.bencode.ListBuilder;
import ahti.core.InfoBytes;
import ahti.core.InfoHash;
import ahti.core.Limits;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a magnet link says of a torrent (BEP 9): its hash, and where to ask for the rest. {@link MagnetReader} makes it.
 *
 * @param infoHash the v1 hash; a hybrid is found by it, too
 * @param infoHashV2 a hybrid's other hash
 * @param name what to call it until its real name is known, cleaned; nothing is stored under it
 * @param trackers announce URLs, each its own tier
 * @param peers {@code host:port}, unresolved ({@code x.pe})
 * @param webSeeds URLs of BEP 19
 * @param selection files to fetch (BEP 53); empty: all
 */
public record Magnet(
        InfoHash infoHash,
        Optional<InfoHash> infoHashV2,
        Optional<String> name,
        List<String> trackers,
        List<String> peers,
        List<String> webSeeds,
        List<Files> selection) {

    /** Files by their index in the torrent's list, padding counted, both ends included. */
    public record Files(int first, int last) {
        public Files {
            if (first < 0 || last < first) {
                throw new IllegalArgumentException("files " + first + "-" + last);
            }
        }
    }

    public Magnet {
        trackers = List.copyOf(trackers);
        peers = List.copyOf(peers);
        webSeeds = List.copyOf(webSeeds);
        selection = List.copyOf(selection);
    }

    /** A link that names a hash and nothing else. */
    public static Magnet of(InfoHash infoHash) {
        return new Magnet(infoHash, Optional.empty(), Optional.empty(), List.of(), List.of(), List.of(), List.of());
    }

    /** The link to a torrent that is known. */
    public static Magnet of(Metainfo metainfo) {
        return new Magnet(
                metainfo.infoHash(),
                metainfo.infoHashV2(),
                Optional.of(metainfo.name()),
                metainfo.trackers().stream().flatMap(List::stream).toList(),
                List.of(),
                metainfo.webSeeds(),
                List.of());
    }

    /** What to call it now: its name, or its hash. */
    public String title() {
        return name.orElse(infoHash.hex());
    }

    /** Which of so many files the link asks for; empty: all. What is beyond them is left out. */
    public Set<Integer> selected(int files) {
        // Ranges may overlap a thousand times.
        BitSet selected = new BitSet();
        for (Files range : selection) {
            if (range.first() < files) {
                selected.set(range.first(), Math.min(range.last(), files - 1) + 1);
            }
        }
        return selected.stream().boxed().collect(Collectors.toCollection(TreeSet::new));
    }

    /** Whether these bytes are the torrent's info dictionary. */
    public boolean isInfo(InfoBytes info) {
        return InfoHashes.v1(ByteBuffer.wrap(info.toArray())).equals(infoHash);
    }

    /** A torrent that is known already, with the trackers and web seeds that this link names besides, the link's first. */
    public Metainfo completes(Metainfo known, Limits limits) {
        Magnet before = of(known);
        Magnet both = new Magnet(
                infoHash,
                infoHashV2,
                name,
                union(trackers, before.trackers()),
                List.of(),
                union(webSeeds, before.webSeeds()),
                List.of());
        return known.info().flatMap(info -> both.toTorrent(info, limits)).stream()
                .map(torrent -> MetainfoReader.read(torrent, limits))
                .filter(ReadResult.Ok.class::isInstance)
                .map(read -> ((ReadResult.Ok) read).metainfo())
                .findFirst()
                .orElse(known);
    }

    private static List<String> union(List<String> some, List<String> others) {
        return Stream.concat(some.stream(), others.stream()).distinct().toList();
    }

    /** The .torrent file that this link and the info dictionary make together; empty when that is no dictionary. */
    public Optional<byte[]> toTorrent(InfoBytes info, Limits limits) {
        try {
            return Optional.of(
                    toTorrent(BencodeReader.readDict(info.toArray(), limits.bencodeDepth(), limits.bencodeItems())));
        } catch (BencodeException e) {
            return Optional.empty();
        }
    }

    private byte[] toTorrent(BencodeDict info) {
        DictBuilder torrent = new DictBuilder();
        if (!trackers.isEmpty()) {
            ListBuilder tiers = new ListBuilder();
            trackers.forEach(url -> tiers.add(new ListBuilder().add(url)));
            torrent.put("announce", trackers.get(0));
            torrent.put("announce-list", tiers);
        }
        if (!webSeeds.isEmpty()) {
            ListBuilder urls = new ListBuilder();
            webSeeds.forEach(urls::add);
            torrent.put("url-list", urls);
        }
        torrent.put("info", info);
        return torrent.encode();
    }

    /** The link. */
    public String toUri() {
        StringBuilder uri = new StringBuilder("magnet:?xt=urn:btih:").append(infoHash.hex());
        infoHashV2.ifPresent(v2 -> uri.append("&xt=urn:btmh:1220").append(v2.hex()));
        name.ifPresent(text -> uri.append("&dn=").append(encoded(text)));
        trackers.forEach(url -> uri.append("&tr=").append(encoded(url)));
        webSeeds.forEach(url -> uri.append("&ws=").append(encoded(url)));
        peers.forEach(peer -> uri.append("&x.pe=").append(readable(encoded(peer))));
        return uri.toString();
    }

    /** An address as people know it. */
    private static String readable(String encoded) {
        return encoded.replace("%3A", ":").replace("%5B", "[").replace("%5D", "]");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
