package ahti.cli.options;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Which files of a torrent the user wants: numbers from 1 ({@code 1,3-5,8-}), shell patterns ({@code *.iso}), or a regular
 * expression ({@code /s01e0[1-3]/}).
 *
 * <p>A shell pattern without a slash is matched with file names, with one with the path below the torrent's root; both
 * regardless of case.
 */
public final class FileChoice {

    private static final Pattern NUMBERS = Pattern.compile("(\\d{1,9})(-(\\d{1,9})?)?");

    private FileChoice() {}

    /** A part of the choice that no file answers to. */
    public static final class NoSuchFile extends IllegalArgumentException {
        NoSuchFile(String sentence) {
            super(sentence);
        }
    }

    /**
     * The positions (from 0) in {@code paths} of what was chosen.
     *
     * @param written what the user wrote, option by option
     * @param paths of all files, their names joined with slashes, without the root
     * @throws NoSuchFile when a part of the choice matches nothing
     * @throws IllegalArgumentException when a part cannot be understood
     */
    public static Set<Integer> choose(List<String> written, List<String> paths) {
        Set<Integer> chosen = new TreeSet<>();
        for (String part : parts(written)) {
            if (NUMBERS.matcher(part).matches()) {
                addNumbers(part, paths.size(), chosen);
            } else {
                addMatches(part, paths, chosen);
            }
        }
        return chosen;
    }

    private static List<String> parts(List<String> written) {
        List<String> parts = new ArrayList<>();
        for (String option : written) {
            if (isRegex(option)) {
                parts.add(option);
            } else {
                for (String part : option.split(",", -1)) {
                    if (part.isBlank()) {
                        throw new IllegalArgumentException("'" + option + "' names no file between its commas");
                    }
                    parts.add(part.strip());
                }
            }
        }
        return parts;
    }

    private static boolean isRegex(String part) {
        return part.length() > 2 && part.startsWith("/") && part.endsWith("/");
    }

    private static void addNumbers(String part, int files, Set<Integer> chosen) {
        int dash = part.indexOf('-');
        int first = Integer.parseInt(dash < 0 ? part : part.substring(0, dash));
        int last = dash < 0 ? first : dash == part.length() - 1 ? files : Integer.parseInt(part.substring(dash + 1));
        if (first < 1 || last > files || first > last) {
            throw new NoSuchFile(
                    "there is no file " + part + ": this torrent has files 1 to " + files + " (see --list)");
        }
        for (int number = first; number <= last; number++) {
            chosen.add(number - 1);
        }
    }

    private static void addMatches(String part, List<String> paths, Set<Integer> chosen) {
        Predicate<String> matches = isRegex(part) ? regex(part) : glob(part);
        boolean any = false;
        for (int i = 0; i < paths.size(); i++) {
            if (matches.test(paths.get(i))) {
                chosen.add(i);
                any = true;
            }
        }
        if (!any) {
            throw new NoSuchFile("no file matches '" + part + "' (see --list)");
        }
    }

    private static Predicate<String> glob(String part) {
        Predicate<String> whole = Glob.compile(part).asMatchPredicate();
        return part.indexOf('/') >= 0 ? whole : path -> whole.test(path.substring(path.lastIndexOf('/') + 1));
    }

    private static Predicate<String> regex(String part) {
        try {
            return Pattern.compile(part.substring(1, part.length() - 1)).asPredicate();
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("'" + part + "' is not a regular expression: " + e.getDescription(), e);
        }
    }
}
