package ahti.torrent.why;

import ahti.picker.Pick;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Why a peer is treated as it is: the last decisions about it, with their inputs.
 *
 * @param chokes how upload slots were given or denied to it, oldest first; the last one holds. Short, and never empty but for
 *     web seeds, which want nothing of us
 * @param silence why it gives us nothing; empty while it gives
 * @param picks which blocks it was asked for last, and why those; oldest first, and short
 */
public record PeerWhy(List<ChokeDecision> chokes, Optional<SilenceReason> silence, List<Pick> picks) {

    /** What holds now, as phrases for people: why it gives nothing, else why it was asked for what it gives; then our choke. */
    public List<String> sentences() {
        List<String> sentences = new ArrayList<>();
        silence.map(SilenceReason::sentence).ifPresent(sentences::add);
        if (silence.isEmpty() && !picks.isEmpty()) {
            sentences.add(picks.get(picks.size() - 1).sentence());
        }
        if (!chokes.isEmpty()) {
            sentences.add(chokes.get(chokes.size() - 1).sentence());
        }
        return List.copyOf(sentences);
    }
}
