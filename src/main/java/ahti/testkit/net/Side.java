package ahti.testkit.net;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/** One side of it, as its host's stream sees it. */
final class Side implements Pipe {
    private final Connection connection;
    private final SimulatedNetwork network;
    private final boolean isDialler;
    private final Host host;
    private final InetSocketAddress address;
    private final CompletableFuture<InetSocketAddress> opened = new CompletableFuture<>();
    private @Nullable Direction in;
    private @Nullable Direction out;
    private @Nullable End stream;
    private @Nullable String failure;
    /** What a dialler says before the connection is there. */
    private @Nullable ByteString early;

    private boolean endReached;
    private boolean over;

    Side(Connection connection, boolean isDialler, Host host, InetSocketAddress address) {
        this.connection = connection;
        network = connection.network();
        this.isDialler = isDialler;
        early = isDialler ? ByteString.emptyByteString() : null;
        this.host = host;
        this.address = address;
    }

    void uses(Direction incoming, Direction outgoing) {
        in = incoming;
        out = outgoing;
    }

    InetSocketAddress address() {
        return address;
    }

    int backlog() {
        return out().backlog();
    }

    boolean isOver() {
        return over;
    }

    /** Completes with the other side's address when the connection is open. */
    CompletionStage<InetSocketAddress> opened() {
        return opened;
    }

    Connection connection() {
        return connection;
    }

    private Side other() {
        return isDialler ? connection.acceptor() : connection.dialler();
    }

    Direction out() {
        return java.util.Objects.requireNonNull(out);
    }

    private Direction in() {
        return java.util.Objects.requireNonNull(in);
    }

    void established() {
        if (!over) {
            opened.complete(other().address);
            ByteString before = early;
            early = null;
            if (before != null && before.nonEmpty()) {
                network.traffic().sent(connection.number(), isDialler, before);
            }
            out().open();
        }
    }

    /** Whether it is known if the connection came about. */
    boolean isDecided() {
        return opened.isDone() || over;
    }

    void refused(String why) {
        if (!isDecided()) {
            opened.completeExceptionally(new ConnectException(why));
            other().silence();
            broken(why);
        }
    }

    @Override
    public void open(Pipe.End end) {
        stream = end;
        if (failure != null) {
            end.failed(new IOException(failure));
        } else if (endReached) {
            end.finished();
        } else if (isDialler) {
            network.dial(this);
        }
    }

    InetSocketAddress remote() {
        return other().address;
    }

    Host host() {
        return host;
    }

    @Override
    public void send(ByteString bytes) {
        if (!over) {
            if (early == null) {
                network.traffic().sent(connection.number(), isDialler, bytes);
            } else {
                early = early.concat(bytes);
            }
            out().send(bytes);
        }
    }

    @Override
    public void finish() {
        if (!over) {
            out().finish();
        }
    }

    @Override
    public void read() {
        if (!over) {
            in().read();
        }
    }

    @Override
    public void abort() {
        if (!over) {
            finishEnd(true);
            tellOther(() -> other().broken("Connection reset"));
        }
    }

    private void tellOther(Runnable news) {
        if (connection.isStranded()) {
            return;
        }
        if (!network.isCut(host, other().host)) {
            var unused = network.time().after(network.delay(host, other().host), news);
        } else {
            var unused = network.time().after(Connection.GIVEN_UP, news);
        }
    }

    void broken(String why) {
        if (over) {
            return;
        }
        finishEnd(true);
        failure = why;
        if (stream != null) {
            stream.failed(new IOException(why));
        }
    }

    /** The host is gone: nothing is heard by or from this end. */
    void silence() {
        if (!over) {
            finishEnd(true);
            failure = "Host is down";
            if (stream != null) {
                stream.failed(new IOException(failure));
            }
        }
    }

    /** The other side closed, and all it sent was read: both sides are done. */
    private void closed() {
        if (over) {
            return;
        }
        finishEnd(false);
        endReached = true;
        if (stream != null) {
            stream.finished();
        }
    }

    private void finishEnd(boolean broken) {
        over = true;
        network.traffic().over(connection.number(), isDialler, broken);
        out().senderGone();
        in().receiverGone();
        connection.forgetIfOver();
    }

    /** What this end hears when {@code sender} sends. */
    Direction.Ends hears(Side sender) {
        return new Direction.Ends() {
            @Override
            public void writable() {
                if (sender.stream != null) {
                    sender.stream.writable();
                }
            }

            @Override
            public void received(ByteString bytes) {
                if (stream != null) {
                    network.traffic().arrived(connection.number(), sender.isDialler, bytes);
                    stream.received(bytes);
                }
            }

            @Override
            public void endReached() {
                closed();
                tellOther(sender::closed);
            }
        };
    }
}
