package ahti.cli.command;

import ahti.disk.FilePlace;
import ahti.disk.FileStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Files to share in the demonstration: a large one, some smaller, a tiny one, an empty one. The same size gives the same
 * bytes.
 */
record DemoPayload(FileStore store, Path directory, long size) {
    /** Name of the torrent's root directory. */
    static final String NAME = "ahti-demo";

    private static final int BUFFER = 1 << 20;
    private static final int TINY = 1000;

    /** One file: names below {@link #NAME}, and bytes. */
    record Part(List<String> names, long length) {}

    /** What there is, together {@link #size} bytes. */
    List<Part> parts() {
        long tiny = Math.min(TINY, size);
        long rest = size - tiny;
        List<Part> parts = new ArrayList<>();
        parts.add(new Part(List.of("large.bin"), rest - rest / 4 - rest / 8 - rest / 16));
        parts.add(new Part(List.of("music", "first.bin"), rest / 4));
        parts.add(new Part(List.of("music", "second.bin"), rest / 8));
        parts.add(new Part(List.of("pictures", "third.bin"), rest / 16));
        parts.add(new Part(List.of("tiny.bin"), tiny));
        parts.add(new Part(List.of("empty"), 0));
        return List.copyOf(parts);
    }

    /** Writes all of it. */
    void write() throws IOException {
        byte[] bytes = new byte[BUFFER];
        SplittableRandom random = new SplittableRandom(size);
        store.makeDirectory(directory);
        for (Part part : parts()) {
            try (FileStore.OpenFile file = store.open(place(directory, part), FileStore.Access.WRITE)) {
                for (long at = 0; at < part.length(); at += BUFFER) {
                    random.nextBytes(bytes);
                    int length = (int) Math.min(BUFFER, part.length() - at);
                    file.write(at, List.of(ByteBuffer.wrap(bytes, 0, length)));
                }
            }
        }
    }

    /** Whether the files in another directory are the same, byte for byte. */
    boolean isEqualIn(Path other) throws IOException {
        for (Part part : parts()) {
            try (FileStore.OpenFile ours = store.open(place(directory, part), FileStore.Access.READ);
                    FileStore.OpenFile theirs = store.open(place(other, part), FileStore.Access.READ)) {
                if (theirs.size() != part.length() || !areEqual(ours, theirs, part.length())) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean areEqual(FileStore.OpenFile ours, FileStore.OpenFile theirs, long length)
            throws IOException {
        ByteBuffer one = ByteBuffer.allocate(BUFFER);
        ByteBuffer two = ByteBuffer.allocate(BUFFER);
        for (long at = 0; at < length; at += BUFFER) {
            ours.read(at, one.clear());
            theirs.read(at, two.clear());
            if (!one.flip().equals(two.flip())) {
                return false;
            }
        }
        return true;
    }

    private static FilePlace place(Path directory, Part part) {
        List<String> names = new ArrayList<>(List.of(NAME));
        names.addAll(part.names());
        return FilePlace.of(directory, names);
    }
}
