package ahti.dht.table;

import ahti.dht.krpc.Contact;
import java.util.concurrent.TimeUnit;

/** A node of the table, which has answered us at least once. */
final class Entry {
    /** Silence after which a node is questionable (BEP 5). */
    static final long QUIET = TimeUnit.MINUTES.toNanos(15);

    /** Queries in a row that a node may leave unanswered before it is bad. */
    private static final int PATIENCE = 2;

    final Contact contact;
    /** When it last answered, or asked us something: on the clock that is handed in. */
    private long heard;

    private int unanswered;

    Entry(Contact contact, long now) {
        this.contact = contact;
        this.heard = now;
    }

    void answered(long now) {
        heard = now;
        unanswered = 0;
    }

    /** It has answered before, or it would not be here: so a query makes it good again (BEP 5). */
    void queried(long now) {
        if (!isBad()) {
            heard = now;
        }
    }

    void failed() {
        unanswered++;
    }

    boolean isBad() {
        return unanswered >= PATIENCE;
    }

    /** Nothing speaks against it, and it was heard of lately. */
    boolean isGood(long now) {
        return unanswered == 0 && now - heard < QUIET;
    }

    long heard() {
        return heard;
    }
}
