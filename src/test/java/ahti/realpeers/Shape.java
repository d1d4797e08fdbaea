package ahti.realpeers;

import java.util.LinkedHashMap;
import java.util.Map;

/** Torrents whose form has tripped somebody before. */
enum Shape {
    SINGLE_FILE,
    MANY_SMALL_FILES,
    FILES_SMALLER_THAN_A_PIECE,
    FILE_ENDING_ON_A_PIECE,
    EMPTY_FILES,
    NAMES_BEYOND_ASCII,
    ONE_PIECE,
    FIVE_THOUSAND_PIECES;

    private static final int KIB = 1024;

    Payload payload() {
        return switch (this) {
            case SINGLE_FILE -> Payload.file("single file.bin", 3_000_001, 64 * KIB);
            case MANY_SMALL_FILES -> Payload.folder("many", 32 * KIB, many());
            case FILES_SMALLER_THAN_A_PIECE ->
                Payload.folder("tiny", 256 * KIB, ordered("a", 1, "b", 300, "c/d", 70_000));
            case FILE_ENDING_ON_A_PIECE ->
                Payload.folder("aligned", 64 * KIB, ordered("first", 3 * 64 * KIB, "second", 100_000));
            case EMPTY_FILES ->
                Payload.folder("hollow", 32 * KIB, ordered("start", 0, "full", 90_000, "middle", 0, "x/end", 0));
            case NAMES_BEYOND_ASCII ->
                Payload.folder("Äiti ja 海", 32 * KIB, ordered("смешно.txt", 40_000, "ünïcode/🐟.bin", 50_000));
            case ONE_PIECE -> Payload.file("one.bin", 16 * KIB, 64 * KIB);
            case FIVE_THOUSAND_PIECES -> Payload.file("pieces.bin", 5_000 * 16 * KIB - 7, 16 * KIB);
        };
    }

    private static Map<String, Integer> many() {
        Map<String, Integer> files = new LinkedHashMap<>();
        for (int i = 0; i < 300; i++) {
            files.put("folder " + i % 7 + "/file " + i, 1 + i * 37 % 9_000);
        }
        return files;
    }

    /** In this order: it decides where files begin. */
    static Map<String, Integer> ordered(Object... namesAndSizes) {
        Map<String, Integer> files = new LinkedHashMap<>();
        for (int i = 0; i < namesAndSizes.length; i += 2) {
            files.put((String) namesAndSizes[i], (Integer) namesAndSizes[i + 1]);
        }
        return files;
    }
}
