package ahti.testkit.record.inside;

import ahti.config.Configuration;
import ahti.disk.FileStore;
import ahti.engine.Engine;
import ahti.engine.EngineSettings;
import ahti.testkit.record.event.Addition;
import ahti.testkit.record.event.Header;
import ahti.testkit.record.event.Input;
import ahti.testkit.time.VirtualTime;
import java.util.Random;
import org.apache.pekko.actor.typed.ActorSystem;

/**
 * One engine with one torrent in an actor system of its own, under virtual time.
 *
 * <p>What always holds: whatever the engine does between two inputs follows from what it began with, the inputs so far and
 * their moments, and the answers of its disk; nothing else reaches it.
 */
public final class Inside {
    private final Lines lines;
    private final Questions questions;
    private final Sockets sockets;
    private final ActorSystem<Operator.Command> system;

    /**
     * Begins; the torrent is added at once.
     *
     * @param configuration whose settings the engine and its actor system have
     * @param header what else it begins with
     * @param torrent the one of the header, with the hashes that hold
     */
    public Inside(
            VirtualTime time,
            Configuration configuration,
            Header header,
            Addition torrent,
            FileStore files,
            Outside outside) {
        this.lines = new Lines(outside);
        this.questions = new Questions(outside);
        this.sockets = new Sockets(outside);
        EngineSettings settings = new EngineSettings(
                configuration.ahti(),
                time.clock(),
                new Random(header.seed()),
                lines,
                questions::fetch,
                sockets,
                questions::resolve,
                files,
                header.listenOn());
        this.system = configuration.start(
                "ahti", Operator.create(Engine.create(settings), torrent, outside, sockets), time::system);
    }

    /** Hands something in. The caller then runs the time. */
    public void take(Input input) {
        if (input instanceof Input.Wished wished) {
            system.tell(new Operator.Pass(wished.wish()));
        } else if (!lines.take(input) && !questions.take(input) && !sockets.take(input)) {
            throw new IllegalArgumentException("nobody takes " + input);
        }
    }
}
