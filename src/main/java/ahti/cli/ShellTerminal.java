package ahti.cli;

import ahti.cli.env.Terminal;
import ahti.core.BindsTheRealWorld;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks the shell: {@code test -t} for the streams, {@code stty size} for the width. Without a shell nothing is a terminal. */
@BindsTheRealWorld("the terminal behind our streams")
final class ShellTerminal implements Terminal {
    private static final Pattern SIZE = Pattern.compile("\\d+ (\\d{1,4})\\s*");
    private static final int ANSWER_LENGTH = 100;

    private final Map<String, String> environment;

    ShellTerminal(Map<String, String> environment) {
        this.environment = environment;
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
        String columns = environment.getOrDefault("COLUMNS", "");
        if (columns.matches("[1-9]\\d{0,3}")) {
            return Integer.parseInt(columns);
        }
        Matcher size = SIZE.matcher(stty());
        int measured = size.matches() ? Integer.parseInt(size.group(1)) : 0;
        return measured > 0 ? measured : DEFAULT_WIDTH;
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
