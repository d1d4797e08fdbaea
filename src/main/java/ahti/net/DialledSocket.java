package ahti.net;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.io.Inet;
import org.jspecify.annotations.Nullable;

/**
 * The socket of one dial, so that it can be closed when nothing came of that.
 *
 * <p>Pekko 1.7 opens it first and registers it with a selector later. When whoever dials is gone in between, nobody closes it: it
 * is one file handle less until the process ends (Pekko issue 3246). A flow that dials is run once.
 */
final class DialledSocket extends Inet.AbstractSocketOption {
    /** By then the selector knows it, or never will. Closed sooner, it would be missed there, with an error in the log. */
    private static final Duration REGISTERED = Duration.ofSeconds(1);

    private final ActorSystem<?> system;
    private @Nullable Socket socket;
    private boolean givenUp;

    DialledSocket(ActorSystem<?> system) {
        this.system = system;
    }

    @Override
    public synchronized void beforeConnect(Socket opened) {
        socket = opened;
        closeSoon();
    }

    /** The dial has failed, or whoever dialled is gone; the socket may not even be there yet. */
    synchronized void giveUp() {
        givenUp = true;
        closeSoon();
    }

    private void closeSoon() {
        Socket opened = socket;
        if (givenUp && opened != null) {
            var unused = system.scheduler().scheduleOnce(REGISTERED, () -> close(opened), system.executionContext());
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            return; // it never was connected: there is nothing to lose
        }
    }
}
