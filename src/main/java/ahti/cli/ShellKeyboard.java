package ahti.cli;

import ahti.cli.env.Keyboard;
import ahti.core.BindsTheRealWorld;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Has {@code stty} switch line editing and echo of standard input off, and back to what they were. Ctrl-C and Ctrl-Z stay
 * what they are.
 *
 * <p>Only while we are in the foreground: a background job that touches the terminal is stopped by the operating system, so
 * nothing is read but what {@link InputStream#available} says is there, and nothing set unless the terminal is ours.
 */
@BindsTheRealWorld("the keys of the terminal behind standard input")
final class ShellKeyboard implements Keyboard {
    private static final Pattern SAVED = Pattern.compile("[0-9A-Za-z:=]+");
    private static final int ANSWER_LENGTH = 1_000;
    /** Keys taken at once: whoever pastes a book gets no more of it acted on at a time. */
    private static final int MOST_KEYS = 100;

    /** Whether our process group is the terminal's: as Linux says it in fields 5 and 8, else as {@code ps} says it. */
    private static final String IS_FOREGROUND = "{ { read -r a b c d g e f t rest </proc/self/stat; } 2>/dev/null"
            + " || read -r g t <<EOF\n$(ps -o pgid= -o tpgid= -p $$)\nEOF\n} && test \"$g\" = \"$t\"";

    private static final String TAKE = "stty -icanon -echo";

    private final InputStream keys;
    private final String saved;
    private boolean closed;

    private ShellKeyboard(InputStream keys, String saved) {
        this.keys = keys;
        this.saved = saved;
    }

    /** Takes the terminal; {@link Keyboard#NONE} when there is none, or it is not ours. */
    static Keyboard take(InputStream keys) {
        String saved = shell("test -t 0 && " + IS_FOREGROUND + " && stty -g && " + TAKE);
        return SAVED.matcher(saved).matches() ? new ShellKeyboard(keys, saved) : NONE;
    }

    @Override
    public String pressed() {
        try {
            int there = Math.min(MOST_KEYS, keys.available());
            return there <= 0 ? "" : new String(keys.readNBytes(there), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            return "";
        }
    }

    @Override
    public synchronized void retake() {
        if (!closed) {
            shell(IS_FOREGROUND + " && " + TAKE);
        }
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            shell(IS_FOREGROUND + " && stty " + saved);
        }
    }

    /** What a command line says on standard output; empty when it fails. Standard input is ours. */
    private static String shell(String commandLine) {
        try {
            Process process = new ProcessBuilder("sh", "-c", commandLine)
                    .redirectInput(ProcessBuilder.Redirect.INHERIT)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (InputStream answer = process.getInputStream()) {
                String said = new String(answer.readNBytes(ANSWER_LENGTH), StandardCharsets.US_ASCII).strip();
                return process.waitFor() == 0 ? said : "";
            }
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
