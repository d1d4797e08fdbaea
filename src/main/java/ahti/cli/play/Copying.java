package ahti.cli.play;

import ahti.cli.env.ExitCode;
import ahti.cli.session.Use;
import ahti.engine.ReadException;
import ahti.engine.Streams;
import ahti.engine.TorrentRef;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.KillSwitches;
import org.apache.pekko.stream.UniqueKillSwitch;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * Writes runs of files to a stream, one after the other, at the pace of whoever takes them. Whoever takes no more, as {@code
 * head} does, ends it, and that is no failure.
 */
public final class Copying implements Use {
    private final List<FileRun> runs;
    private final OutputStream out;
    /** Waits for the reader of the pipe: a thread that nothing else needs, and the process does not wait for. */
    private final ExecutorService writer = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "ahti-output");
        thread.setDaemon(true);
        return thread;
    });

    private Optional<UniqueKillSwitch> running = Optional.empty();

    /** These runs to this stream, which is closed at the end. */
    public Copying(List<FileRun> runs, OutputStream out) {
        this.runs = List.copyOf(runs);
        this.out = out;
    }

    @Override
    public CompletionStage<End> begin(ActorSystem<?> system, TorrentRef torrent) {
        Pair<UniqueKillSwitch, CompletionStage<Done>> streams = Source.from(runs)
                .flatMapConcat(run -> Streams.file(torrent, run.file(), run.from(), run.to()))
                .mapAsync(1, bytes -> CompletableFuture.supplyAsync(() -> write(bytes), writer))
                .viaMat(KillSwitches.single(), Keep.right())
                .toMat(Sink.ignore(), Keep.both())
                .run(system);
        running = Optional.of(streams.first());
        return streams.second().handleAsync((done, failure) -> end(failure), writer);
    }

    private Done write(ByteString bytes) {
        try {
            for (ByteBuffer buffer : bytes.getByteBuffers()) {
                byte[] array = new byte[buffer.remaining()];
                buffer.get(array);
                out.write(array);
            }
            out.flush();
            return Done.done();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private End end(@Nullable Throwable failure) {
        Optional<IOException> unclosed = Optional.empty();
        try {
            out.close();
        } catch (IOException e) {
            unclosed = Optional.of(e);
        }
        if (failure != null) {
            return whyFailed(cause(failure));
        }
        return unclosed.map(Copying::unwritten).orElse(End.WELL);
    }

    private static Throwable cause(Throwable failure) {
        Throwable cause = failure.getCause();
        return failure instanceof CompletionException && cause != null ? cause : failure;
    }

    private static End whyFailed(Throwable failure) {
        if (failure instanceof UncheckedIOException unwritten) {
            return unwritten(unwritten.getCause());
        }
        return failure instanceof ReadException
                ? new End(ExitCode.DISK, String.valueOf(failure.getMessage()))
                : new End(ExitCode.INTERNAL, "internal error: " + failure);
    }

    private static End unwritten(@Nullable IOException failure) {
        String why = failure == null ? "" : String.valueOf(failure.getMessage());
        if (why.contains("Broken pipe") || why.contains("Connection reset")) {
            return End.WELL;
        }
        ExitCode code = why.contains("No space left") ? ExitCode.DISK_FULL : ExitCode.DISK;
        return new End(code, "cannot write to standard output: " + why);
    }

    @Override
    public void stop() {
        running.ifPresent(UniqueKillSwitch::shutdown);
        writer.shutdown();
    }

    @Override
    public boolean isOpenEnded() {
        return false;
    }
}
