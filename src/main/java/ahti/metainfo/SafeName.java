package ahti.metainfo;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Makes one name of a path safe on every file system: the same name in, the same name out, whatever the machine.
 *
 * @param text never empty, at most {@link #MOST_BYTES} bytes of UTF-8
 * @param reason why it is not what the torrent says, in a few words; empty when it is
 */
record SafeName(String text, String reason) {
    /** What common file systems allow one name to have. */
    static final int MOST_BYTES = 255;

    /** A longer tail after the last dot is no extension worth keeping. */
    private static final int MOST_EXTENSION = 16;

    private static final Set<String> DEVICES = Set.of("con", "prn", "aux", "nul", "conin$", "conout$");
    private static final Pattern NUMBERED_DEVICE = Pattern.compile("(com|lpt)[0-9\u00b9\u00b2\u00b3]");

    /** What Unicode calls ignorable and {@link #isSafe} lets pass: joiners, fillers, variation selectors. */
    private static final Pattern IGNORABLE =
            Pattern.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200c\u200d\u2065\u3164"
                    + "\ufe00-\ufe0f\uffa0\ufff0-\ufff8\\x{e0000}-\\x{e0fff}]");

    static SafeName of(String theirs) {
        if (isPlain(theirs)) {
            return new SafeName(theirs, "");
        }
        String text = withoutUnsafeCharacters(theirs);
        String reason = text.equals(theirs) ? "" : "characters that are not safe in a name";
        if (hasDriveLetter(text)) {
            text = text.charAt(0) + "_" + text.substring(2);
            reason = "a drive letter";
        }
        String trimmed = withoutTail(text);
        if (!trimmed.equals(text)) {
            reason = "dots or spaces at the end";
        }
        text = withoutTail(fitting(trimmed));
        if (!text.equals(trimmed)) {
            reason = "too long";
        }
        if (text.isEmpty()) {
            return new SafeName("_", theirs.isEmpty() ? "an empty name" : "nothing but dots or spaces");
        }
        if (isDevice(text)) {
            text = withoutTail(fitting("_" + text));
            reason = "the name of a device";
        }
        return new SafeName(text, reason);
    }

    /**
     * The form in which two names are one on some file system: capitals, composed characters and what Unicode calls ignorable
     * do not count.
     */
    static String folded(String name) {
        if (isAscii(name)) {
            return name.toLowerCase(Locale.ROOT);
        }
        String decomposed = Normalizer.normalize(name, Normalizer.Form.NFD);
        // Down, up and down again: some letters meet only above, some only below. A sigma is one wherever it stands.
        String folded = decomposed
                .toLowerCase(Locale.ROOT)
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT)
                .replace('\u03c2', '\u03c3');
        return Normalizer.normalize(IGNORABLE.matcher(folded).replaceAll(""), Normalizer.Form.NFD);
    }

    private static String fitting(String name) {
        return bytes(name) <= MOST_BYTES ? name : cut(name, extension(name), MOST_BYTES);
    }

    /** The last dot and what follows, when that looks like an extension; otherwise empty. */
    static String extension(String name) {
        int dot = name.lastIndexOf('.');
        boolean keeps = dot > 0 && dot < name.length() - 1 && name.length() - dot - 1 <= MOST_EXTENSION;
        for (int i = dot + 1; keeps && i < name.length(); i++) {
            char c = name.charAt(i);
            keeps = c < 0x80 && (Character.isLetterOrDigit(c) || c == '_' || c == '-');
        }
        return keeps ? name.substring(dot) : "";
    }

    /** The name cut in front of its extension so that all has at most so many bytes of UTF-8. */
    static String cut(String name, String extension, int most) {
        String stem = name.substring(0, name.length() - extension.length());
        int left = most - bytes(extension);
        int end = 0;
        while (end < stem.length()) {
            int next = stem.offsetByCodePoints(end, 1);
            left -= bytes(stem.substring(end, next));
            if (left < 0) {
                break;
            }
            end = next;
        }
        return stem.substring(0, end) + extension;
    }

    /** The common case, without a copy: letters, digits and the like, nothing at the end or in length to worry about. */
    private static boolean isPlain(String name) {
        int length = name.length();
        if (length == 0 || length > MOST_BYTES || isTail(name.charAt(length - 1)) || isDevice(name)) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            char c = name.charAt(i);
            if (c < ' ' || c >= 0x7f || c == '/' || c == '\\' || c == ':') {
                return false;
            }
        }
        return true;
    }

    private static String withoutUnsafeCharacters(String theirs) {
        StringBuilder safe = new StringBuilder(theirs.length());
        theirs.codePoints().forEach(c -> safe.appendCodePoint(isSafe(c) ? c : '_'));
        return safe.toString();
    }

    private static boolean isSafe(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                false;
            // Persian, the scripts of India and emoji are spelled with the two joiners; the rest can turn text around.
            case Character.FORMAT -> c == 0x200c || c == 0x200d;
            default -> c != '/' && c != '\\' && c != 0xfffd;
        };
    }

    private static boolean hasDriveLetter(String name) {
        return name.length() > 1
                && name.charAt(1) == ':'
                && Character.isLetter(name.charAt(0))
                && name.charAt(0) < 0x7f;
    }

    private static boolean isTail(char c) {
        return c == '.' || c == ' ';
    }

    private static String withoutTail(String name) {
        int end = name.length();
        while (end > 0 && isTail(name.charAt(end - 1))) {
            end--;
        }
        return name.substring(0, end);
    }

    /** Windows knows these with any extension: {@code NUL.txt} is {@code NUL}. */
    private static boolean isDevice(String name) {
        char first = name.charAt(0);
        if ("cpanlCPANL".indexOf(first) < 0) {
            return false;
        }
        int dot = name.indexOf('.');
        String stem = withoutTail(dot < 0 ? name : name.substring(0, dot)).toLowerCase(Locale.ROOT);
        return DEVICES.contains(stem) || NUMBERED_DEVICE.matcher(stem).matches();
    }

    private static boolean isAscii(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
