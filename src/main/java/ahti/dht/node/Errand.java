package ahti.dht.node;

import ahti.dht.krpc.KrpcMessage.Answer;
import ahti.dht.krpc.Question;
import java.net.InetSocketAddress;

/** On whose behalf a node is asked something. */
interface Errand {

    /** It answered. */
    void answered(InetSocketAddress from, Answer answer);

    /** It takes its time. */
    default void slow(InetSocketAddress from) {}

    /** It did not answer in time, or answered that it cannot. */
    void failed(InetSocketAddress from);

    /** Asks whether a node is there; the table hears of the answer anyway. */
    enum Greeting implements Errand {
        INSTANCE;

        @Override
        public void answered(InetSocketAddress from, Answer answer) {}

        @Override
        public void failed(InetSocketAddress from) {}
    }

    /** Sends a question on behalf of an errand. */
    @FunctionalInterface
    interface Asker {
        void ask(InetSocketAddress to, Question question, Errand errand);
    }
}
