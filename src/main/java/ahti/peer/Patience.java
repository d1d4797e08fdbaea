package ahti.peer;

import ahti.config.PeerConfig;
import ahti.wire.ProtocolException;
import ahti.wire.Violation;

/**
 * How much idle talk a peer may still send: messages that are lawful one by one and bring nothing, such as a have of what it
 * has, the same bitfield again, or interest that comes and goes.
 *
 * <p>Each costs us work, some of it the picker's, which all peers share, and many have to be answered. So each counts several
 * times when it comes from a peer that does not take our answers. Honest peers never come near the bounds.
 */
final class Patience {
    /** A bitfield is looked at piece by piece, so one costs as much as so many other messages. */
    static final int BITFIELD = 100;

    /** How often a message counts while the peer leaves too many answers untaken. */
    private static final int UNHEARD = 5;

    private final PeerConfig config;
    private final Link link;
    private int spent;

    Patience(PeerConfig config, Link link) {
        this.config = config;
        this.link = link;
    }

    /**
     * Another idle message came.
     *
     * @throws ProtocolException when they were too many
     */
    void spend(int cost) throws ProtocolException {
        spent += link.talkWaiting() > config.talkBuffer() ? cost * UNHEARD : cost;
        if (spent > config.idleMessages()) {
            throw new ProtocolException(new Violation.IdleTalk());
        }
    }

    /** Another message came, which may have brought something. */
    void spendUnless(boolean useful) throws ProtocolException {
        if (!useful) {
            spend(1);
        }
    }

    /** A second has passed. */
    void tick() {
        spent = Math.max(0, spent - config.idlePerSecond());
    }
}
