package ahti.dht.serve;

import ahti.net.place.Origin;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * How many answers leave, over all and to one origin: whoever forges the sender of a query cannot make us flood that sender.
 *
 * <p>Each allowance fills up at its rate and holds two seconds' worth. Origins beyond {@link #MOST_ORIGINS} at a time push
 * out those not heard of for longest.
 */
final class AnswerLimit {
    static final int MOST_ORIGINS = 4096;

    private static final double SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final int SECONDS_HELD = 2;

    private final int perOrigin;
    private final Allowance all;
    private final Map<Origin, Allowance> origins = new LinkedHashMap<>();

    private static final class Allowance {
        private final int perSecond;
        private double left;
        private long filled;

        Allowance(int perSecond, long now) {
            this.perSecond = perSecond;
            this.left = (double) perSecond * SECONDS_HELD;
            this.filled = now;
        }

        boolean has(long now) {
            left = Math.min((double) perSecond * SECONDS_HELD, left + perSecond * (now - filled) / SECOND);
            filled = now;
            return left >= 1;
        }

        void take() {
            left -= 1;
        }
    }

    AnswerLimit(int perSecond, int perOrigin, long now) {
        this.perOrigin = perOrigin;
        this.all = new Allowance(perSecond, now);
    }

    /** Whether one more answer may go there now; if so, it is counted. */
    boolean allows(Origin origin, long now) {
        Allowance own = origins.remove(origin);
        if (own == null) {
            own = new Allowance(perOrigin, now);
        }
        origins.put(origin, own);
        forgetOldest();
        if (!own.has(now) || !all.has(now)) {
            return false;
        }
        own.take();
        all.take();
        return true;
    }

    private void forgetOldest() {
        if (origins.size() > MOST_ORIGINS) {
            Iterator<Origin> oldest = origins.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
    }
}
