package ahti.cli.play;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A file that is served.
 *
 * @param file index into the torrent's files
 * @param number as users count files
 * @param names from the torrent's root down to it
 * @param length bytes
 */
public record ServedFile(int file, int number, List<String> names, long length) {
    private static final String PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~";

    public ServedFile {
        names = List.copyOf(names);
    }

    /** Its own name. */
    String name() {
        return names.get(names.size() - 1);
    }

    /** The path of its URL: the number tells files of one name apart, the name is for players to show. */
    String path() {
        StringBuilder path = new StringBuilder("/").append(number).append('/');
        for (byte letter : name().getBytes(StandardCharsets.UTF_8)) {
            if (letter > 0 && PLAIN.indexOf(letter) >= 0) {
                path.append((char) letter);
            } else {
                path.append('%').append(Character.toUpperCase(Character.forDigit(letter >> 4 & 15, 16)));
                path.append(Character.toUpperCase(Character.forDigit(letter & 15, 16)));
            }
        }
        return path.toString();
    }
}
