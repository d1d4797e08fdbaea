package ahti.testkit.record.payload;

import ahti.metainfo.FileEntry;
import ahti.testkit.record.event.RecordedTorrent;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Where in a torrent the bytes of a file are, and which of its bytes are padding. */
public final class DataMap {
    private static final String PART = ".ahti-part";

    private final Map<String, Long> files = new LinkedHashMap<>();
    /** Ends of padding, by where it begins. */
    private final NavigableMap<Long, Long> pads = new TreeMap<>();

    /** The map of one torrent. */
    public DataMap(RecordedTorrent torrent) {
        Path base = Path.of(torrent.directory()).toAbsolutePath();
        for (FileEntry entry : torrent.entries()) {
            if (entry.isPad()) {
                if (entry.length() > 0) {
                    pads.put(entry.offset(), entry.end());
                }
            } else {
                files.put(base.resolve(String.join("/", entry.path())).toString(), entry.offset());
            }
        }
    }

    /**
     * Where a byte of a file is in the torrent; empty when it is no file of the torrent. The part file holds its bytes at
     * their places in the torrent.
     */
    public OptionalLong place(String path, long offset) {
        Long begin = files.get(path);
        if (begin != null) {
            return OptionalLong.of(begin + offset);
        }
        return path.endsWith(PART) ? OptionalLong.of(offset) : OptionalLong.empty();
    }

    /** The first byte at or after {@code at} that is not padding. */
    long skipPads(long at) {
        long next = at;
        for (Map.Entry<Long, Long> pad = pads.floorEntry(next);
                pad != null && pad.getValue() > next;
                pad = pads.floorEntry(next)) {
            next = pad.getValue();
        }
        return next;
    }

    /** The first byte at or after {@code at} that is padding; {@link Long#MAX_VALUE} when none is. */
    long nextPad(long at) {
        if (skipPads(at) > at) {
            return at;
        }
        Long next = pads.ceilingKey(at);
        return next == null ? Long.MAX_VALUE : next;
    }
}
