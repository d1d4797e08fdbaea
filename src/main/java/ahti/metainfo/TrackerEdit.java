package ahti.metainfo;

import ahti.bencode.BencodeDict;
import ahti.bencode.BencodeException;
import ahti.bencode.BencodeReader;
import ahti.bencode.DictBuilder;
import ahti.bencode.ListBuilder;
import ahti.core.Limits;
import java.util.List;
import java.util.Set;

/** A .torrent file with other trackers (BEP 3, 12). All else in it stays, the info hash above all. */
public final class TrackerEdit {
    private static final String ANNOUNCE = "announce";
    private static final String TIERS = "announce-list";

    private TrackerEdit() {}

    /**
     * The bytes of the changed file.
     *
     * @param torrent a file that {@link MetainfoReader} reads
     * @param tiers what it shall list; empty tiers are left out, and no tier at all makes a torrent without trackers
     */
    public static byte[] encode(byte[] torrent, List<List<String>> tiers, Limits limits) {
        DictBuilder changed = new DictBuilder();
        try {
            BencodeDict dict = BencodeReader.readDict(torrent, limits.bencodeDepth(), limits.bencodeItems());
            Set<String> others = Set.of(ANNOUNCE, TIERS);
            for (BencodeDict.Entry entry : dict) {
                if (!others.contains(entry.key().text())) {
                    changed.put(entry.key().toBytes(), entry.value());
                }
            }
        } catch (BencodeException e) {
            throw new IllegalArgumentException("not a torrent that was read before", e);
        }
        put(changed, tiers);
        return changed.encode();
    }

    /** Lists these trackers, as BEP 12 wants it: tiers only when there is more than one tracker. */
    static void put(DictBuilder torrent, List<List<String>> tiers) {
        List<List<String>> filled =
                tiers.stream().filter(tier -> !tier.isEmpty()).toList();
        if (!filled.isEmpty()) {
            torrent.put(ANNOUNCE, filled.get(0).get(0));
        }
        if (filled.stream().mapToInt(List::size).sum() > 1) {
            ListBuilder list = new ListBuilder();
            filled.forEach(tier -> list.add(new ListBuilder().addAll(tier)));
            torrent.put(TIERS, list);
        }
    }
}
