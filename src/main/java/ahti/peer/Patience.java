package ahti.peer;

import ahti.wire.ProtocolException;
import ahti.wire.Violation;

/**
 * How much idle talk a peer may still send: messages that are lawful one by one and bring nothing, such as a have of what it
 * has, the same bitfield again, or interest that comes and goes.
 *
 * <p>Each costs us work, some of it the picker's, which all peers share. Honest peers never come near the bounds.
 */
final class Patience {
    /** Idle messages in a row. */
    private static final int MOST = 5_000;

    /** Idle messages per second that are forgiven. */
    private static final int FORGIVEN = 500;

    /** A bitfield is looked at piece by piece, so one costs as much as so many other messages. */
    static final int BITFIELD = 100;

    private int spent;

    /**
     * Another idle message came.
     *
     * @throws ProtocolException when they were too many
     */
    void spend(int cost) throws ProtocolException {
        spent += cost;
        if (spent > MOST) {
            throw new ProtocolException(new Violation.IdleTalk());
        }
    }

    /** A second has passed. */
    void tick() {
        spent = Math.max(0, spent - FORGIVEN);
    }
}
