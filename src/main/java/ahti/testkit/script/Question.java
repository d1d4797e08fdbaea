package ahti.testkit.script;

import ahti.testkit.tracker.HeardAnnounce;
import ahti.testkit.tracker.TrackerAnswer;
import org.apache.pekko.util.ByteString;

/** An announce that a scripted tracker has heard, and the way back to who asks. */
interface Question {

    HeardAnnounce announce();

    void answer(TrackerAnswer answer);

    void fail(String reason);

    /** Answers with bytes as they are. */
    void raw(ByteString bytes);
}
