package ahti.tracker;

import ahti.core.Hex;
import ahti.net.Datagrams;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.util.ByteString;

/** UDP trackers that the test plays itself: what is opened, sent and closed arrives at a probe; counts what was taken of what came. */
record ScriptedDatagrams(TestProbe<Happening> happenings, AtomicInteger taken) implements Datagrams {

    ScriptedDatagrams(TestProbe<Happening> happenings) {
        this(happenings, new AtomicInteger());
    }

    sealed interface Happening {}

    record Opened(ActorRef<Event> receiver) implements Happening {

        void hears(InetSocketAddress from, String hex) {
            receiver.tell(new Received(from, ByteString.fromArray(Hex.parse(hex))));
        }
    }

    record Sent(InetSocketAddress to, ByteString payload) implements Happening {

        int action() {
            return ByteBuffer.wrap(payload.toArrayUnsafe()).getInt(8);
        }

        /** Eight hexadecimal digits. */
        String transaction() {
            return Hex.of(payload.toArrayUnsafe()).substring(24, 32);
        }

        /** Sixteen hexadecimal digits. */
        String connection() {
            return Hex.of(payload.toArrayUnsafe()).substring(0, 16);
        }
    }

    enum Closed implements Happening {
        INSTANCE
    }

    @Override
    public Socket open(InetSocketAddress local, ActorRef<Event> receiver) {
        happenings.ref().tell(new Opened(receiver));
        return new Socket() {
            @Override
            public void send(InetSocketAddress to, ByteString payload) {
                happenings.ref().tell(new Sent(to, payload));
            }

            @Override
            public void taken() {
                taken.incrementAndGet();
            }

            @Override
            public void close() {
                happenings.ref().tell(Closed.INSTANCE);
            }
        };
    }

    Opened opened() {
        return happenings.expectMessageClass(Opened.class);
    }

    Sent sent() {
        return happenings.expectMessageClass(Sent.class);
    }

    void closed() {
        happenings.expectMessage(Closed.INSTANCE);
    }

    void nothing() {
        happenings.expectNoMessage();
    }
}
