package ahti.metainfo;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.fuzz.FuzzTarget;
import ahti.fuzz.FuzzTargets;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Any paths: a file per line, its names apart by tabs. Whatever they are, what is made of them is safe and nobody else's. */
public final class NamesTarget implements FuzzTarget {
    private static final int MOST_DIRECTORIES = 1_000;

    @Override
    public String name() {
        return "names";
    }

    /** A path may be one byte long, and each is looked at from every side. */
    @Override
    public long mostAllocated(int length) {
        return 6 * FuzzTarget.super.mostAllocated(length);
    }

    @Override
    public void check(byte[] input) {
        String[] lines = new String(input, StandardCharsets.UTF_8).split("\n", -1);
        SafeNames names = SafeNames.below(lines[0], MOST_DIRECTORIES);
        List<FileEntry> files = new ArrayList<>();
        for (int line = 1; line < lines.length && !names.isFull(); line++) {
            files.add(new FileEntry(names.path(List.of(lines[line].split("\t", -1))), line, 1, Set.of()));
        }
        MetainfoTarget.checkPaths(files);
        for (Renaming renaming : names.renamings()) {
            FuzzTargets.assertFitToShow(renaming.theirs() + renaming.ours());
            assertThat(renaming.reason()).isNotBlank();
        }
    }
}
