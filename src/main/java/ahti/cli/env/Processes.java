package ahti.cli.env;

import java.util.Map;

/** Other programs. */
@FunctionalInterface
public interface Processes {

    /**
     * Runs a command line of the user in the shell and waits for it; its output goes to our standard error. When the waiting
     * thread is interrupted, it is told to end.
     *
     * @param variables added to its environment
     * @return its exit code
     */
    int run(String commandLine, Map<String, String> variables);
}
