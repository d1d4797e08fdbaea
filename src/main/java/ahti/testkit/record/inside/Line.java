package ahti.testkit.record.inside;

import ahti.testkit.net.Pipe;
import ahti.testkit.record.event.Output;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/** The engine's end of one connection. */
final class Line implements Pipe {
    private final int number;
    private final Optional<InetSocketAddress> dialled;
    private final Outside outside;
    private final Runnable gone;
    private final CompletableFuture<InetSocketAddress> connected = new CompletableFuture<>();
    private @Nullable End end;

    /** {@code dialled}: whom to dial when opened; empty when the peer connected to us. */
    Line(int number, Optional<InetSocketAddress> dialled, Outside outside, Runnable gone) {
        this.number = number;
        this.dialled = dialled;
        this.outside = outside;
        this.gone = gone;
    }

    CompletableFuture<InetSocketAddress> connected() {
        return connected;
    }

    @Override
    public void open(End opened) {
        end = opened;
        dialled.ifPresent(peer -> outside.does(new Output.Dial(number, peer)));
    }

    @Override
    public void send(ByteString bytes) {
        outside.does(new Output.Send(number, bytes));
    }

    @Override
    public void finish() {
        outside.does(new Output.Finish(number));
    }

    @Override
    public void read() {
        outside.does(new Output.Read(number));
    }

    @Override
    public void abort() {
        gone.run();
        outside.does(new Output.Abort(number));
    }

    void received(ByteString bytes) {
        if (end != null) {
            end.received(bytes);
        }
    }

    void writable() {
        if (end != null) {
            end.writable();
        }
    }

    void finished() {
        gone.run();
        if (end != null) {
            end.finished();
        }
    }

    void broke(String reason) {
        gone.run();
        if (end != null) {
            end.failed(failure(reason));
        }
    }

    void notConnected(String reason) {
        connected.completeExceptionally(failure(reason));
    }

    /** As the real ones come: what is wrong is in the message. */
    static IOException failure(String reason) {
        return new IOException(reason);
    }
}
