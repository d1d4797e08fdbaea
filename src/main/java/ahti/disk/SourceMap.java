package ahti.disk;

import ahti.disk.SourceTree.SourceFile;
import java.util.ArrayList;
import java.util.List;

/** The bytes of a {@link SourceTree}: its files one after the other, each in its own slot. */
final class SourceMap implements ByteMap {
    private final List<SourceFile> files;
    /** Behind the last byte of each file. */
    private final long[] ends;

    SourceMap(SourceTree tree) {
        files = tree.files();
        ends = new long[files.size()];
        long end = 0;
        for (int i = 0; i < ends.length; i++) {
            end += files.get(i).state().size();
            ends[i] = end;
        }
    }

    @Override
    public List<Run> runs(long offset, int length) {
        List<Run> runs = new ArrayList<>(2);
        long end = offset + length;
        long at = offset;
        for (int file = firstEndingAfter(offset); at < end; file++) {
            long until = Math.min(end, ends[file]);
            if (until > at) {
                long begin = ends[file] - files.get(file).state().size();
                runs.add(new Run(file, at - begin, (int) (until - at)));
                at = until;
            }
        }
        return runs;
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
