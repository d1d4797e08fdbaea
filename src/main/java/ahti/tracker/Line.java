package ahti.tracker;

import org.apache.pekko.actor.typed.ActorRef;

/**
 * What carries errands to one tracker: {@link HttpLine} or {@link UdpLine}.
 *
 * <p>A new errand takes the place of one in flight, which is then never answered.
 */
final class Line {

    /** What a line may be told. Open, for each carrier adds messages to itself. */
    interface Command {}

    /** Carry this. */
    record Ask(Errand errand, ActorRef<Answered> replyTo) implements Command {}

    /** What came of the errand of this number. */
    record Answered(int number, Outcome outcome) {}

    private Line() {}
}
