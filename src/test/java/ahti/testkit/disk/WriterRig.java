package ahti.testkit.disk;

import ahti.config.DiskConfig;
import ahti.disk.DiskWriter;
import ahti.disk.PieceInspector;
import ahti.metainfo.FileSelection;
import ahti.testkit.content.SimulatedTorrent;
import ahti.testkit.time.VirtualTime;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.util.ByteString;

/** Real disk writers on a simulated disk under virtual time; what they answer is noted with the moment. */
final class WriterRig {
    private final VirtualTime time;
    private final ActorSystem<Object> system;
    private final List<Heard> heard = new ArrayList<>();
    private Optional<ActorRef<DiskWriter.Command>> spawned = Optional.empty();
    private Optional<ActorRef<PieceInspector.Command>> inspectors = Optional.empty();

    /** An answer, and when it came, in nanoseconds. */
    record Heard(long nanos, Object message) {}

    private record Spawn(DiskWriter.Settings settings) {}

    WriterRig(VirtualTime time) {
        this.time = time.mayBlock("ahti.disk-dispatcher")
                .mayBlock("ahti.force-dispatcher")
                .mayBlock("ahti.check-dispatcher");
        this.system = time.system(guardian(), "writers");
    }

    private Behavior<Object> guardian() {
        return Behaviors.receive((context, message) -> {
            if (message instanceof Spawn spawn) {
                inspectors = Optional.of(context.spawnAnonymous(PieceInspector.create()));
                spawned = Optional.of(context.spawnAnonymous(DiskWriter.create(spawn.settings()), DiskWriter.props()));
            } else {
                heard.add(new Heard(time.nanos(), message));
            }
            return Behaviors.same();
        });
    }

    /** A writer for all files of a torrent below a directory, with its state in {@code /state}. */
    ActorRef<DiskWriter.Command> writer(
            SimulatedDisk disk, SimulatedTorrent torrent, Path directory, boolean readOnly) {
        system.tell(new Spawn(new DiskWriter.Settings(
                torrent.metainfo(),
                directory,
                FileSelection.all(),
                Optional.of(Path.of("/state")),
                false,
                readOnly,
                new DiskConfig(4, false, 1, true),
                disk)));
        time.runUntilIdle();
        ActorRef<DiskWriter.Command> writer = spawned.orElseThrow();
        writer.tell(new DiskWriter.Prepare(replies()));
        return writer;
    }

    /** Asks for a piece with its right bytes to be stored. */
    void store(ActorRef<DiskWriter.Command> writer, SimulatedTorrent torrent, int piece) {
        store(writer, piece, torrent.piece(piece));
    }

    void store(ActorRef<DiskWriter.Command> writer, int piece, ByteString bytes) {
        writer.tell(new DiskWriter.Store(piece, List.of(bytes), replies()));
    }

    /** Asks whether a piece is there and right. */
    void check(ActorRef<DiskWriter.Command> writer, int piece) {
        writer.tell(new DiskWriter.Check(List.of(piece), inspectors.orElseThrow(), replies()));
    }

    <T> ActorRef<T> replies() {
        return system.unsafeUpcast();
    }

    /** Everything heard, in order. */
    List<Heard> heard() {
        return heard;
    }

    /** The answer that came last. */
    <T> T last(Class<T> type) {
        return type.cast(heard.get(heard.size() - 1).message());
    }
}
