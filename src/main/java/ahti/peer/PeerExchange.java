package ahti.peer;

import ahti.core.PeerContact;
import ahti.wire.PexMessage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.util.ByteString;

/**
 * What one peer tells us of others (BEP 11). It may do so once a minute; as messages do not arrive as evenly as they are sent,
 * two within a minute are listened to, as libtorrent does, and further ones are not.
 */
final class PeerExchange {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** When it spoke last, and before that; in the past as long as it did not. */
    private long last;

    private long beforeLast;

    PeerExchange(long nowNanos) {
        this.last = nowNanos - MINUTE.toNanos();
        this.beforeLast = last;
    }

    /** A message came: the peers it names; empty when it says nothing, makes no sense, or comes too soon. */
    List<PeerContact> heard(ByteString body, long nowNanos) {
        if (nowNanos - beforeLast < MINUTE.toNanos()) {
            return List.of();
        }
        beforeLast = last;
        last = nowNanos;
        Optional<PexMessage> message = PexMessage.read(body);
        return message.map(PexMessage::added).orElse(List.of());
    }
}
