package ahti.peer;

import ahti.peer.PeerConnection.Command;
import java.net.InetSocketAddress;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/** What all phases of a connection share. A phase that ends the connection says so once, and stops. */
abstract class Phase extends AbstractBehavior<Command> {

    /**
     * What passes from phase to phase.
     *
     * @param link the stream's end, running
     * @param address of the peer, as the socket says
     * @param incoming whether the peer dialled us
     */
    record Common(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            Link link,
            InetSocketAddress address,
            boolean incoming) {}

    final Common common;
    final Link link;

    Phase(Common common) {
        super(common.context());
        this.common = common;
        this.link = common.link();
    }

    /** The stream runs: let the first read come. */
    final Behavior<Command> onStarted(PeerConnection.Started message) {
        link.read(message.reader());
        link.readOn();
        return this;
    }

    /** A timer or message that a phase has outlived. */
    final Behavior<Command> ignore(Command late) {
        getContext().getLog().trace("too late: {}", late);
        return this;
    }
}
