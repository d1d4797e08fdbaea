package ahti.testkit.disk;

import ahti.testkit.content.ContentSlice;
import ahti.testkit.content.Ranges;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The bytes of a file at one moment.
 *
 * <p>What equals the content that the file should have is kept as ranges, anything else as pages; what was never written is
 * zeros and takes no room. A range of content hides the pages below it.
 */
final class FileImage {
    private static final int PAGE = 4096;
    private static final byte[] ZEROS = new byte[PAGE];

    private final Optional<ContentSlice> content;
    private final Ranges asContent;
    /** What takes room: all that was written or reserved. */
    private final Ranges allocated;
    /** By index. A page may hold old bytes where a range hides them, never behind the end of the file. */
    private final NavigableMap<Long, byte[]> pages;

    private long length;

    /** An empty file that should have that content. */
    FileImage(Optional<ContentSlice> content) {
        this(content, new Ranges(), new Ranges(), new TreeMap<>(), 0);
    }

    private FileImage(
            Optional<ContentSlice> content,
            Ranges asContent,
            Ranges allocated,
            NavigableMap<Long, byte[]> pages,
            long length) {
        this.content = content;
        this.asContent = asContent;
        this.allocated = allocated;
        this.pages = pages;
        this.length = length;
    }

    FileImage copy() {
        NavigableMap<Long, byte[]> copies = new TreeMap<>();
        pages.forEach((index, page) -> copies.put(index, page.clone()));
        return new FileImage(content, asContent.copy(), allocated.copy(), copies, length);
    }

    long length() {
        return length;
    }

    /** Bytes of the device that it takes. */
    long room() {
        return allocated.total();
    }

    /** How much of that many bytes fits when only so much room is left. */
    int fitting(long offset, int bytes, long room) {
        return (int) (allocated.cutAfterMissing(offset, offset + bytes, room) - offset);
    }

    /** Whether a run is, byte for byte, what it should be. False as well when it is not known what it should be. */
    boolean isContent(long from, long to) {
        return asContent.contains(from, to);
    }

    /** Whether these bytes, written there, would be what they should be. */
    boolean wouldBeContent(long offset, ByteBuffer bytes) {
        return content.isPresent() && content.get().matches(offset, bytes);
    }

    /** Writes what should be there. */
    void putContent(long from, long to) {
        grow(to);
        allocated.add(from, to);
        asContent.add(from, to);
        pages.subMap((from + PAGE - 1) / PAGE, Math.max(to / PAGE, (from + PAGE - 1) / PAGE))
                .clear();
    }

    /** Writes the buffer's bytes, whatever they are; page by page it is found out whether they are what they should be. */
    void put(long offset, ByteBuffer bytes) {
        ByteBuffer rest = bytes.duplicate();
        long at = offset;
        while (rest.hasRemaining()) {
            int length = (int) Math.min(rest.remaining(), PAGE - at % PAGE);
            ByteBuffer portion = rest.slice(rest.position(), length);
            if (wouldBeContent(at, portion)) {
                putContent(at, at + length);
            } else {
                grow(at + length);
                allocated.add(at, at + length);
                asContent.remove(at, at + length);
                portion.get(pages.computeIfAbsent(at / PAGE, index -> new byte[PAGE]), (int) (at % PAGE), length);
            }
            rest.position(rest.position() + length);
            at += length;
        }
    }

    /** Makes the file longer, if it is shorter; the new bytes are zeros and take no room. */
    void grow(long to) {
        length = Math.max(length, to);
    }

    /** Takes room for a run; where nothing was written it is zeros. */
    void allocate(long from, long to) {
        allocated.add(from, to);
        grow(to);
    }

    /** Cuts the file off, if it is longer. */
    void truncate(long to) {
        if (to < length) {
            asContent.remove(to, length);
            allocated.remove(to, length);
            pages.tailMap((to + PAGE - 1) / PAGE).clear();
            byte[] last = pages.get(to / PAGE);
            if (last != null) {
                Arrays.fill(last, (int) (to % PAGE), PAGE, (byte) 0);
            }
            length = to;
        }
    }

    /** All of a file small enough for an array. */
    byte[] bytes() {
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(length));
        read(0, bytes);
        return bytes.array();
    }

    /** Fills the buffer as far as the file goes. */
    void read(long offset, ByteBuffer into) {
        int limit = into.limit();
        long end = Math.min(length, offset + into.remaining());
        for (long at = offset; at < end; ) {
            long to = asContent.stretchEnd(at, end);
            if (asContent.contains(at)) {
                into.limit(into.position() + (int) (to - at));
                content.orElseThrow().read(at, into);
                into.limit(limit);
            } else {
                to = Math.min(to, at - at % PAGE + PAGE);
                byte[] page = pages.getOrDefault(at / PAGE, ZEROS);
                into.put(page, (int) (at % PAGE), (int) (to - at));
            }
            at = to;
        }
    }
}
