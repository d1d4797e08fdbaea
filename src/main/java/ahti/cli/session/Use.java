package ahti.cli.session;

import ahti.cli.env.ExitCode;
import ahti.engine.TorrentRef;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;

/** What a session does with a torrent besides keeping it: reads it while it downloads. Its end is the end of the session. */
public interface Use {

    /** How it ended; {@code sentence} is why, when that is not a success. */
    record End(ExitCode code, String sentence) {
        /** As it should. */
        public static final End WELL = new End(ExitCode.OK, "");
    }

    /** Begins; called once, on an actor's thread. The stage never fails. */
    CompletionStage<End> begin(ActorSystem<?> system, TorrentRef torrent);

    /** Ends what is under way, if anything. Called when the session ends, however it does; may be called again. */
    void stop();

    /** Whether a user who stops it has what was wanted: so with what goes on for ever. */
    boolean isOpenEnded();
}
