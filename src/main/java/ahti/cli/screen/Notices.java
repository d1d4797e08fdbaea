package ahti.cli.screen;

import ahti.core.Text;
import ahti.torrent.TorrentEvent;
import java.util.Optional;

/** Events as lines for people. */
final class Notices {
    private static final int LONGEST = 300;

    private Notices() {}

    /** The line, when the event is worth one: changes of state and completion are shown by the screen itself. */
    static Optional<String> of(TorrentEvent event) {
        if (event instanceof TorrentEvent.PieceCorrupt corrupt) {
            return Optional.of("piece " + corrupt.piece() + " was corrupt: thrown away, fetching it again");
        }
        if (event instanceof TorrentEvent.Restarting restarting) {
            return Optional.of("internal error, please report it: " + restarting.why() + "; restart "
                    + restarting.restart() + " of " + restarting.most() + " in " + Phrases.time(restarting.pause()));
        }
        if (event instanceof TorrentEvent.TrackerSaid said) {
            return Optional.of(Text.clean("tracker " + said.url() + ": " + said.text(), LONGEST));
        }
        return Optional.empty();
    }
}
