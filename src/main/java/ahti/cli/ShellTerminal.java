package ahti.cli;

import ahti.cli.env.Keyboard;
import ahti.cli.env.Terminal;
import ahti.core.BindsTheRealWorld;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks the shell: {@code test -t} for the streams, {@code stty size} for its size. Without a shell nothing is a terminal. */
@BindsTheRealWorld("the terminal behind our streams")
final class ShellTerminal implements Terminal {
    private static final Pattern SIZE = Pattern.compile("(\\d{1,4}) (\\d{1,4})\\s*");
    private static final int ANSWER_LENGTH = 100;

    private final Map<String, String> environment;
    private final InputStream keys;

    ShellTerminal(Map<String, String> environment, InputStream keys) {
        this.environment = environment;
        this.keys = keys;
    }

    @Override
    public boolean stdoutIsTerminal() {
        return isTerminal(1);
    }

    @Override
    public boolean stderrIsTerminal() {
        return isTerminal(2);
    }

    private static boolean isTerminal(int descriptor) {
        try {
            return new ProcessBuilder("sh", "-c", "test -t " + descriptor)
                            .inheritIO()
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public int width() {
        return size("COLUMNS", 2, DEFAULT_WIDTH);
    }

    @Override
    public int height() {
        return size("LINES", 1, DEFAULT_HEIGHT);
    }

    @Override
    public Keyboard keyboard() {
        return ShellKeyboard.take(keys);
    }

    /** What the environment says, else what the terminal says in that field, else {@code otherwise}. */
    private int size(String variable, int field, int otherwise) {
        String said = environment.getOrDefault(variable, "");
        if (said.matches("[1-9]\\d{0,3}")) {
            return Integer.parseInt(said);
        }
        Matcher size = SIZE.matcher(stty());
        int measured = size.matches() ? Integer.parseInt(size.group(field)) : 0;
        return measured > 0 ? measured : otherwise;
    }

    private static String stty() {
        try {
            Process process = new ProcessBuilder("sh", "-c", "stty size </dev/tty 2>/dev/null").start();
            try (InputStream answer = process.getInputStream()) {
                return new String(answer.readNBytes(ANSWER_LENGTH), StandardCharsets.US_ASCII);
            }
        } catch (IOException e) {
            return "";
        }
    }
}
