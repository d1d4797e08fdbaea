package ahti.cli.screen;

import ahti.core.Text;
import ahti.torrent.PeerStatus;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The peers below the live screen: one line for each, the busiest first, with why it is treated as it is. */
final class PeerLines {
    private static final int ADDRESS = 21;
    private static final int CLIENT = 8;
    private static final int RATE = 13;

    private PeerLines() {}

    /** Not more than {@code rows} lines, none as wide as the terminal. */
    static List<String> draw(List<PeerStatus> peers, int rows, int columns, Paint paint) {
        if (rows < 1) {
            return List.of();
        }
        int room = Math.max(20, columns - 1);
        if (peers.isEmpty()) {
            return List.of(Columns.cut("no peers are connected", room));
        }
        List<PeerStatus> busiest = new ArrayList<>(peers);
        busiest.sort(Comparator.comparingLong((PeerStatus peer) -> peer.downRate() + peer.upRate())
                .reversed());
        int shown = busiest.size() <= rows ? busiest.size() : rows - 1;
        List<String> lines = new ArrayList<>();
        for (PeerStatus peer : busiest.subList(0, shown)) {
            lines.add(Columns.cut(line(peer, paint), room));
        }
        if (shown < busiest.size()) {
            lines.add(Columns.cut("and " + (busiest.size() - shown) + " more", room));
        }
        return lines;
    }

    private static String line(PeerStatus peer, Paint paint) {
        InetAddress known = peer.address().getAddress();
        String host = known == null ? Text.clean(peer.address().getHostString(), ADDRESS) : known.getHostAddress();
        String address = host + ":" + peer.address().getPort();
        return Columns.fill(address, ADDRESS) + " " + Columns.fill(Text.clean(peer.client(), CLIENT), CLIENT) + " "
                + Columns.fill(paint.down() + " " + Phrases.rate(peer.downRate()), RATE) + " "
                + Columns.fill(paint.up() + " " + Phrases.rate(peer.upRate()), RATE) + " "
                + String.join("; ", peer.why().sentences());
    }
}
