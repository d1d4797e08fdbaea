package ahti.cli;

import ahti.cli.env.Processes;
import ahti.core.BindsTheRealWorld;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** Runs command lines with {@code sh -c}; what they print goes to standard error, for standard output carries our data. */
@BindsTheRealWorld("other programs")
final class ShellProcesses implements Processes {
    /** What a shell says when it cannot run a command. */
    private static final int CANNOT_RUN = 127;

    @Override
    public int run(String commandLine, Map<String, String> variables) {
        Optional<Process> process = Optional.empty();
        try {
            ProcessBuilder builder = new ProcessBuilder("sh", "-c", "exec 1>&2\n" + commandLine).inheritIO();
            builder.environment().putAll(variables);
            process = Optional.of(builder.start());
            return process.get().waitFor();
        } catch (IOException e) {
            return CANNOT_RUN;
        } catch (InterruptedException e) {
            process.ifPresent(Process::destroy);
            Thread.currentThread().interrupt();
            return CANNOT_RUN;
        }
    }
}
