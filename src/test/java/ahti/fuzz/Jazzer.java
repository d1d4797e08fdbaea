package ahti.fuzz;

/** What Jazzer calls for each input that it makes up; {@code -Dahti.fuzz.target} names the target. */
public final class Jazzer {
    private static final FuzzTarget TARGET = FuzzTargets.named(System.getProperty("ahti.fuzz.target", ""));

    private Jazzer() {}

    /** Before the first input, whose time is measured: loads the classes. */
    public static void fuzzerInitialize() throws Exception {
        FuzzTargets.check(TARGET, new byte[0]);
    }

    /** One input. */
    public static void fuzzerTestOneInput(byte[] input) throws Exception {
        FuzzTargets.check(TARGET, input);
    }
}
