package ahti.testkit.record.mask;

import ahti.testkit.record.event.RecordedTorrent;
import ahti.testkit.record.event.RecordedTorrent.RecordedFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Other names in the place of a torrent's own and of the directories that it lies in. */
final class PathNames {
    private static final String DATA = "/download";
    private static final String STATE = "/state";
    private static final String ROOT = "torrent";
    private static final Pattern PART = Pattern.compile(".*(\\.[0-9a-f]{8}\\.ahti-part)");

    private final Map<String, String> files = new LinkedHashMap<>();
    private final List<RecordedFile> renamed = new ArrayList<>();
    private final String directory;
    private final String state;

    PathNames(RecordedTorrent torrent) {
        directory = torrent.directory();
        state = torrent.stateDirectory().orElse("");
        for (int i = 0; i < torrent.files().size(); i++) {
            RecordedFile real = torrent.files().get(i);
            List<String> path = real.path().size() == 1 ? List.of(ROOT + suffix(i)) : List.of(ROOT, "file-" + i);
            renamed.add(new RecordedFile(path, real.length(), real.pad(), real.link()));
            files.put(below(directory, real.path()), below(DATA, path));
        }
    }

    private static String suffix(int file) {
        return file == 0 ? "" : "-" + file;
    }

    private static String below(String base, List<String> path) {
        return Path.of(base).resolve(String.join("/", path)).toString();
    }

    List<RecordedFile> files() {
        return List.copyOf(renamed);
    }

    String name() {
        return ROOT;
    }

    String path(String real) {
        if (real.isEmpty()) {
            return real;
        }
        String file = files.get(real);
        Matcher part = PART.matcher(real);
        if (file != null) {
            return file;
        } else if (part.matches()) {
            return DATA + "/." + renamed.get(0).path().get(0) + part.group(1);
        } else if (!state.isEmpty() && isBelow(real, state)) {
            return STATE + real.substring(state.length());
        } else if (real.equals(directory)) {
            return DATA;
        }
        // A directory on the way to a file, of which only an error speaks.
        return "/elsewhere";
    }

    private static boolean isBelow(String path, String base) {
        return path.equals(base) || path.startsWith(base + "/");
    }

    /** A text of the system's, which may name a path. */
    String text(String real) {
        return real.indexOf('/') < 0 ? real : "(masked)";
    }
}
