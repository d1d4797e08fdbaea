package ahti.testkit.script;

import ahti.net.Datagrams;
import ahti.testkit.net.Host;
import ahti.testkit.tracker.HeardAnnounce;
import ahti.testkit.tracker.TrackerAnswer;
import ahti.testkit.tracker.UdpTracking;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/** Announces over UDP (BEP 15). Who connects gets an id at once, unless the script says otherwise. */
final class UdpAnnounceLine implements AnnounceLine {
    private static final int PORT = 6969;

    /** Ids are given in rows of so many; all of one row are forgotten together. */
    private static final long ROW = 1_000_000;

    private final Stage stage;
    private final Host host;
    private final Transcript transcript;
    private Datagrams.@Nullable Socket socket;
    private long lastConnection;
    private boolean connecting = true;

    UdpAnnounceLine(Stage stage, Host host, Transcript transcript) {
        this.stage = stage;
        this.host = host;
        this.transcript = transcript;
    }

    @Override
    public String url() {
        return "udp://" + host.name() + ":" + PORT + "/announce";
    }

    /** Whether to answer those who connect. */
    void connecting(boolean answered) {
        connecting = answered;
    }

    /** No id given so far is good any more. */
    void forgetConnections() {
        lastConnection += ROW;
    }

    @Override
    public void listen(Consumer<Question> ear) {
        socket = host.datagrams().open(host.at(PORT), stage.listener(event -> heard(event, ear), "udp-" + host.name()));
    }

    private void heard(Datagrams.Event event, Consumer<Question> ear) {
        if (event instanceof Datagrams.Received received) {
            UdpTracking.read(received.payload().asByteBuffer(), received.from().getAddress())
                    .ifPresent(request -> heard(request, received.from(), ear));
            Objects.requireNonNull(socket, "not listening").taken();
        }
    }

    private void heard(UdpTracking.Request request, InetSocketAddress from, Consumer<Question> ear) {
        int transaction = request.transaction();
        if (request instanceof UdpTracking.Connect) {
            transcript.hears("Connect");
            if (connecting) {
                transcript.does("Connected");
                send(from, UdpTracking.connected(transaction, ++lastConnection));
            }
        } else if (request instanceof UdpTracking.Announce announce) {
            if (announce.connection() / ROW == lastConnection / ROW) {
                ear.accept(new Asked(announce.heard(), transaction, from));
            } else {
                transcript.does("connect first");
                send(from, UdpTracking.error(transaction, "connect first"));
            }
        }
    }

    private void send(InetSocketAddress to, byte[] bytes) {
        Objects.requireNonNull(socket, "not listening").send(to, ByteString.fromArray(bytes));
    }

    /** One announce. */
    final class Asked implements Question {
        private final HeardAnnounce announce;
        private final int transaction;
        private final InetSocketAddress from;

        private Asked(HeardAnnounce announce, int transaction, InetSocketAddress from) {
            this.announce = announce;
            this.transaction = transaction;
            this.from = from;
        }

        @Override
        public HeardAnnounce announce() {
            return announce;
        }

        @Override
        public void answer(TrackerAnswer answer) {
            send(from, UdpTracking.announced(transaction, answer, from.getAddress()));
        }

        /** A whole answer that is not for this announce. */
        void answerAnother(TrackerAnswer answer) {
            send(from, UdpTracking.announced(~transaction, answer, from.getAddress()));
        }

        @Override
        public void fail(String reason) {
            send(from, UdpTracking.error(transaction, reason));
        }

        @Override
        public void raw(ByteString bytes) {
            send(from, bytes.toArray());
        }
    }
}
