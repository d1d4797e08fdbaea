package ahti.engine;

import java.nio.file.Path;

/** Why an engine does not take on a torrent. */
public sealed interface Refusal {

    /** One sentence for the user, naming the way out. */
    String describe();

    /** No port of the configured range could be bound. */
    record CannotListen(String describe) implements Refusal {}

    /** Another process works on this download. */
    record Locked(Path lock, String holder) implements Refusal {
        @Override
        public String describe() {
            return holder + " is working on this download (lock " + lock + ")";
        }
    }

    /** This engine has that torrent already. */
    record Duplicate(String describe) implements Refusal {}

    /** The state directory cannot be used. */
    record NoState(String describe) implements Refusal {}
}
