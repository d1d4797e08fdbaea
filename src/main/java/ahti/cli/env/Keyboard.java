package ahti.cli.env;

/** Keys as they are pressed: no Enter is waited for, and none is shown. The terminal is ours until {@link #close}. */
public interface Keyboard extends AutoCloseable {

    /** Where nobody presses keys: standard input is no terminal, or it is somebody else's. */
    Keyboard NONE = new Keyboard() {
        @Override
        public String pressed() {
            return "";
        }

        @Override
        public void retake() {}

        @Override
        public void close() {}
    };

    /** The keys pressed since the last call, oldest first; never waits. */
    String pressed();

    /** Sets the terminal up again, after the process was stopped and goes on. */
    void retake();

    /** Gives the terminal back as it was found. From any thread, any number of times. */
    @Override
    void close();
}
