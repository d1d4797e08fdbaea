package ahti.disk;

import ahti.disk.SourceTree.SourceFile;
import java.util.ArrayList;
import java.util.List;

/** The bytes of a {@link SourceTree}: its files one after the other, each in its own slot, with the padding between them. */
final class SourceMap implements ByteMap {
    private final List<SourceFile> files;
    /** Behind the last byte of each file and its padding. */
    private final long[] ends;

    SourceMap(SourceTree tree) {
        files = tree.files();
        ends = new long[files.size()];
        long end = 0;
        for (int i = 0; i < ends.length; i++) {
            end += files.get(i).span();
            ends[i] = end;
        }
    }

    @Override
    public List<Run> runs(long offset, int length) {
        List<Run> runs = new ArrayList<>(2);
        long end = offset + length;
        long at = offset;
        for (int file = firstEndingAfter(offset); at < end; file++) {
            long begin = ends[file] - files.get(file).span();
            long content = begin + files.get(file).state().size();
            at = add(runs, file, at - begin, at, Math.min(end, content));
            at = add(runs, ZEROS, 0, at, Math.min(end, ends[file]));
        }
        return runs;
    }

    /** Adds what lies between two offsets of the torrent, if anything does; where it ends. */
    private static long add(List<Run> runs, int slot, long offset, long from, long until) {
        if (until <= from) {
            return from;
        }
        runs.add(new Run(slot, offset, (int) (until - from)));
        return until;
    }

    private int firstEndingAfter(long offset) {
        int low = 0;
        int high = ends.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ends[middle] > offset) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    @Override
    public FilePlace place(int slot) {
        return files.get(slot).place();
    }
}
