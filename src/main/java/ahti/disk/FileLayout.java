package ahti.disk;

import ahti.metainfo.FileEntry;
import ahti.metainfo.FileMap;
import ahti.metainfo.FileSlice;
import ahti.metainfo.Metainfo;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * Where the bytes of a download lie.
 *
 * <p>Every file of the torrent is one of three: <em>visible</em>, with its bytes where the user expects them; padding,
 * which is zeros and lies nowhere (BEP 47); or neither, because it was not selected. What pieces shared with visible files
 * hold of the latter goes into one hidden part file, at its offset in the torrent, never into a file of its own.
 */
final class FileLayout implements ByteMap {
    private final Metainfo metainfo;
    private final Path base;
    private final List<FileEntry> files;
    private final BitSet visible;
    private final FileMap map;
    private final FilePlace part;

    /**
     * A layout.
     *
     * @param base the download directory
     * @param visible the files whose bytes go to their own place, by index
     * @param part where the others' bytes go, see {@link PartFile}
     */
    FileLayout(Metainfo metainfo, Path base, BitSet visible, FilePlace part) {
        this.metainfo = metainfo;
        this.base = base;
        this.files = metainfo.files();
        this.visible = (BitSet) visible.clone();
        this.map = new FileMap(metainfo);
        this.part = part;
    }

    /** A layout in which every file but padding is visible. */
    static FileLayout whole(Metainfo metainfo, Path base) {
        BitSet all = new BitSet();
        for (int i = 0; i < metainfo.files().size(); i++) {
            all.set(i, !metainfo.files().get(i).isPad());
        }
        return new FileLayout(metainfo, base, all, PartFile.place(metainfo, base, Optional.empty()));
    }

    /** The same, but these files are not visible. */
    FileLayout hiding(BitSet files) {
        BitSet fewer = (BitSet) visible.clone();
        fewer.andNot(files);
        return new FileLayout(metainfo, base, fewer, part);
    }

    /** Files that are visible here and are not in another layout of the same torrent; those without bytes do not count. */
    BitSet shownSince(FileLayout earlier) {
        BitSet shown = (BitSet) visible.clone();
        shown.andNot(earlier.visible);
        for (int file = shown.nextSetBit(0); file >= 0; file = shown.nextSetBit(file + 1)) {
            shown.set(file, files.get(file).length() > 0);
        }
        return shown;
    }

    /** Whether a slot holds a file that is to be executable (BEP 47). */
    boolean isExecutable(int slot) {
        return slot < files.size() && files.get(slot).attributes().contains(FileEntry.Attribute.EXECUTABLE);
    }

    /** How many slots there are: one for each file, one for the part file. */
    int slots() {
        return files.size() + 1;
    }

    /** How many slots the layouts of a torrent have. */
    static int slots(Metainfo metainfo) {
        return metainfo.files().size() + 1;
    }

    /** The slot of the part file. */
    int partSlot() {
        return files.size();
    }

    /** Whether the file of that index is at its own place. */
    boolean isVisible(int file) {
        return visible.get(file);
    }

    /** Whether any byte has to go into the part file. */
    boolean needsPart() {
        for (int i = 0; i < files.size(); i++) {
            if (slotOf(i) == partSlot() && files.get(i).length() > 0) {
                return true;
            }
        }
        return false;
    }

    /** The bytes that the file of a slot has when it is complete; no more than that of the part file. */
    long length(int slot) {
        if (slot == partSlot()) {
            FileEntry last = files.get(files.size() - 1);
            return last.offset() + last.length();
        }
        return files.get(slot).length();
    }

    @Override
    public FilePlace place(int slot) {
        return slot == partSlot() ? part : FilePlace.of(base, files.get(slot).path());
    }

    @Override
    public List<Run> runs(long offset, int length) {
        List<Run> runs = new ArrayList<>(2);
        long at = offset;
        for (FileSlice slice : map.slices(offset, length)) {
            int slot = slotOf(slice.file());
            add(runs, new Run(slot, slot == slice.file() ? slice.fileOffset() : at, (int) slice.length()));
            at += slice.length();
        }
        return runs;
    }

    private int slotOf(int file) {
        return visible.get(file) ? file : map.isPad(file) ? ZEROS : partSlot();
    }

    /** Adds a run, or makes the last one longer when this one goes on where that ends. */
    private static void add(List<Run> runs, Run run) {
        int end = runs.size() - 1;
        if (end >= 0 && goesOn(runs.get(end), run)) {
            Run last = runs.get(end);
            runs.set(end, new Run(last.slot(), last.offset(), last.length() + run.length()));
        } else {
            runs.add(run);
        }
    }

    private static boolean goesOn(Run last, Run run) {
        return last.slot() == run.slot() && last.offset() + last.length() == run.offset();
    }
}
