package ahti.disk;

import ahti.core.Hex;
import ahti.core.InfoHash;
import ahti.metainfo.Metainfo;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Where the bytes of files that were not selected go, as far as they belong to pieces that are shared with selected ones.
 *
 * <p>{@code <state>/<info hash>.part}, or without a state directory a hidden file beside the download. It is sparse: each byte
 * lies at its offset in the torrent, and there are at most two pieces of bytes for each end of a selected file.
 */
final class PartFile {
    private static final int LONGEST_NAME = 100;

    private PartFile() {}

    /** The place of a torrent's part file. */
    static FilePlace place(Metainfo metainfo, Path base, Optional<Path> stateDirectory) {
        return stateDirectory.isPresent()
                ? FilePlace.of(
                        stateDirectory.get().toAbsolutePath(),
                        List.of(metainfo.infoHash().hex() + ".part"))
                : FilePlace.of(base, List.of(hiddenName(metainfo)));
    }

    private static String hiddenName(Metainfo metainfo) {
        String name =
                metainfo.files().isEmpty() ? "" : metainfo.files().get(0).path().get(0);
        int fits = 0;
        int bytes = 0;
        while (fits < name.length()) {
            int point = name.codePointAt(fits);
            bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
            if (bytes > LONGEST_NAME) {
                break;
            }
            fits += Character.charCount(point);
        }
        InfoHash hash = metainfo.infoHash();
        String mark = Hex.of(Arrays.copyOf(hash.wireBytes(), 4));
        return "." + name.substring(0, fits) + "." + mark + ".ahti-part";
    }
}
