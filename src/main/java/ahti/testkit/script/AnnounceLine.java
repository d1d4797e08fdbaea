package ahti.testkit.script;

import java.util.function.Consumer;

/** How announces come to a scripted tracker. */
interface AnnounceLine {

    /** The URL to announce to. */
    String url();

    /** Hands each announce to {@code ear} from now on. */
    void listen(Consumer<Question> ear);
}
