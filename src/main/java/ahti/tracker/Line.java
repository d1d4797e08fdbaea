package ahti.tracker;

import org.apache.pekko.actor.typed.ActorRef;

/**
 * What carries announces to one tracker: {@link HttpLine} or {@link UdpLine}.
 *
 * <p>A new announce takes the place of one in flight, which is then never answered.
 */
final class Line {

    /** What a line may be told. Open, for each carrier adds messages to itself. */
    interface Command {}

    /** Carry this announce. */
    record Announce(AnnounceRequest request, ActorRef<Answered> replyTo) implements Command {}

    /** What came of the announce of this number. */
    record Answered(int number, Outcome outcome) {}

    private Line() {}
}
