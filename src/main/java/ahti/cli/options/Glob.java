package ahti.cli.options;

import java.util.regex.Pattern;

/** Shell patterns over paths with slashes: {@code *} and {@code ?} stay inside one name, {@code **} does not. */
final class Glob {

    private Glob() {}

    /** The same as a regular expression for the whole path. */
    static Pattern compile(String glob) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < glob.length(); i++) {
            char c = glob.charAt(i);
            int close = c == '[' ? glob.indexOf(']', i + 2) : -1;
            if (c == '*' && glob.startsWith("**", i)) {
                regex.append(".*");
                i++;
            } else if (c == '*') {
                regex.append("[^/]*");
            } else if (c == '?') {
                regex.append("[^/]");
            } else if (close > 0) {
                regex.append(characters(glob.substring(i + 1, close)));
                i = close;
            } else {
                regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL | Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }

    private static String characters(String inside) {
        boolean not = inside.startsWith("!") || inside.startsWith("^");
        String set = not ? inside.substring(1) : inside;
        return (not ? "[^/" : "[") + set.replaceAll("([\\[\\]\\\\&^])", "\\\\$1") + "]";
    }
}
