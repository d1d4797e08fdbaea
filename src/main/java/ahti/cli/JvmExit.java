package ahti.cli;

import ahti.cli.env.Machine;
import ahti.core.BindsTheRealWorld;

/** The end of this JVM. */
@BindsTheRealWorld("the end of the process")
final class JvmExit implements Machine.Exit {

    @Override
    public void halt(int exitCode) {
        Runtime.getRuntime().halt(exitCode);
    }

    @Override
    public void before(Runnable action) {
        Runtime.getRuntime().addShutdownHook(new Thread(action, "ahti-before-exit"));
    }
}
