package ahti.testkit.record;

import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.pekko.actor.typed.ActorRef;

/** Who asked and waits, in order: answers come in the order of the questions. */
final class Askers<T> {
    private static final int MOST = 100;

    private final Deque<ActorRef<T>> waiting = new ArrayDeque<>();

    /** Whether there is room for one more; otherwise its question must not be asked, and never has an answer. */
    boolean remember(ActorRef<T> asker) {
        return waiting.size() < MOST && waiting.add(asker);
    }

    /** Answers whoever has waited longest. */
    void answer(T answer) {
        ActorRef<T> first = waiting.pollFirst();
        if (first != null) {
            first.tell(answer);
        }
    }

    void answerAll(T answer) {
        waiting.forEach(asker -> asker.tell(answer));
        waiting.clear();
    }
}
