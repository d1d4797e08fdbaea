package ahti.torrent.why;

import java.time.Duration;

/**
 * How an upload slot was given or denied.
 *
 * @param reason with the inputs of the last round that decided so
 * @param since how long it has been decided so
 */
public record ChokeDecision(ChokeReason reason, Duration since) {

    /** One phrase for people. */
    public String sentence() {
        return (reason.unchokes() ? "unchoked for " : "choked for ") + Wording.time(since) + ": " + reason.sentence();
    }
}
