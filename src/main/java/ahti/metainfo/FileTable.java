package ahti.metainfo;

import ahti.metainfo.FileEntry.Attribute;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.RandomAccess;
import java.util.Set;

/**
 * The files of a torrent, of which there may be half a million: a list that takes some twenty bytes for each beside its names,
 * and makes an entry when it is asked for one. Files follow each other, so that only where they end is kept.
 *
 * <p>The text of a file is its path, where it was published if that is another, and the target of a link: the number of names,
 * then each name behind its length, all numbers in groups of seven bits.
 */
final class FileTable extends AbstractList<FileEntry> implements RandomAccess {
    private static final Attribute[] ATTRIBUTES = Attribute.values();
    private static final int PAD = 1 << List.of(ATTRIBUTES).indexOf(Attribute.PAD);
    /** Flags of a file, beside one for each attribute. */
    private static final int HAS_PUBLISHED = 1 << 6;

    private static final int HAS_TARGET = 1 << 5;
    /** In place of a length: the name is the first of the first path, or the first of where that was published. */
    private static final int ROOT = 0;

    private static final int PUBLISHED_ROOT = 1;
    /** What is added to lengths. */
    private static final int LENGTH = 2;

    private final long[] ends;
    private final byte[] flags;
    private final byte[] text;
    private final int[] textEnds;
    private final String root;
    private final String publishedRoot;

    private FileTable(Builder built) {
        ends = Arrays.copyOf(built.ends, built.size);
        flags = Arrays.copyOf(built.flags, built.size);
        text = built.text.toByteArray();
        textEnds = Arrays.copyOf(built.textEnds, built.size);
        root = built.root;
        publishedRoot = built.publishedRoot;
    }

    /**
     * A table of these files; the same when it is one.
     *
     * @throws IllegalArgumentException unless each begins where the last one ended
     */
    static FileTable of(List<FileEntry> files) {
        if (files instanceof FileTable table) {
            return table;
        }
        Builder builder = new Builder();
        files.forEach(builder::add);
        return builder.build();
    }

    @Override
    public FileEntry get(int index) {
        long begin = begin(index);
        ByteBuffer in = ByteBuffer.wrap(text);
        in.position(index == 0 ? 0 : textEnds[index - 1]);
        List<String> path = names(in);
        List<String> published = has(index, HAS_PUBLISHED) ? names(in) : path;
        List<String> target = has(index, HAS_TARGET) ? names(in) : List.of();
        return new FileEntry(path, begin, ends[index] - begin, attributes(index), published, target);
    }

    private boolean has(int index, int flag) {
        return (flags[index] & flag) != 0;
    }

    private Set<Attribute> attributes(int index) {
        Set<Attribute> attributes = EnumSet.noneOf(Attribute.class);
        for (int bit = 0; bit < ATTRIBUTES.length; bit++) {
            if (has(index, 1 << bit)) {
                attributes.add(ATTRIBUTES[bit]);
            }
        }
        return attributes;
    }

    private List<String> names(ByteBuffer in) {
        int count = number(in);
        List<String> names = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int kind = number(in);
            if (kind < LENGTH) {
                names.add(kind == ROOT ? root : publishedRoot);
            } else {
                byte[] name = new byte[kind - LENGTH];
                in.get(name);
                names.add(new String(name, StandardCharsets.UTF_8));
            }
        }
        return names;
    }

    private static int number(ByteBuffer in) {
        int number = 0;
        byte group;
        int shift = 0;
        do {
            group = in.get();
            number |= (group & 0x7F) << shift;
            shift += 7;
        } while (group < 0);
        return number;
    }

    @Override
    public int size() {
        return ends.length;
    }

    /** Whether a file is padding. */
    boolean isPad(int index) {
        return has(index, PAD);
    }

    /** Where a file's first byte is in the torrent. */
    long begin(int index) {
        return index == 0 ? 0 : ends[index - 1];
    }

    /** Behind a file's last byte. */
    long end(int index) {
        return ends[index];
    }

    /** Takes files one by one. */
    static final class Builder {
        private final ByteArrayOutputStream text = new ByteArrayOutputStream();
        private long[] ends = new long[1];
        private byte[] flags = new byte[1];
        private int[] textEnds = new int[1];
        private int size;
        private String root = "";
        private String publishedRoot = "";

        /** How many there are. */
        int size() {
            return size;
        }

        /**
         * One more.
         *
         * @throws IllegalArgumentException unless it begins where the last one ended
         */
        void add(FileEntry file) {
            long end = size == 0 ? 0 : ends[size - 1];
            if (file.offset() != end) {
                throw new IllegalArgumentException(file + " does not follow byte " + end);
            }
            if (size == ends.length) {
                int room = size + size / 2 + 1;
                ends = Arrays.copyOf(ends, room);
                flags = Arrays.copyOf(flags, room);
                textEnds = Arrays.copyOf(textEnds, room);
            }
            if (size == 0) {
                root = file.path().get(0);
                publishedRoot =
                        file.published().isEmpty() ? root : file.published().get(0);
            }
            ends[size] = file.end();
            flags[size] = write(file);
            textEnds[size] = text.size();
            size++;
        }

        private byte write(FileEntry file) {
            int all = 0;
            for (int bit = 0; bit < ATTRIBUTES.length; bit++) {
                all |= file.attributes().contains(ATTRIBUTES[bit]) ? 1 << bit : 0;
            }
            write(file.path());
            if (!file.published().equals(file.path())) {
                all |= HAS_PUBLISHED;
                write(file.published());
            }
            if (!file.target().isEmpty()) {
                all |= HAS_TARGET;
                write(file.target());
            }
            return (byte) all;
        }

        private void write(List<String> names) {
            number(names.size());
            for (String name : names) {
                if (name.equals(root)) {
                    number(ROOT);
                } else if (name.equals(publishedRoot)) {
                    number(PUBLISHED_ROOT);
                } else {
                    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
                    number(bytes.length + LENGTH);
                    text.writeBytes(bytes);
                }
            }
        }

        private void number(int value) {
            int rest = value;
            while (rest > 0x7F) {
                text.write((rest & 0x7F) | 0x80);
                rest >>>= 7;
            }
            text.write(rest);
        }

        FileTable build() {
            return new FileTable(this);
        }
    }
}
