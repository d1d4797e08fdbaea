package ahti.testkit.record.event;

import ahti.metainfo.FilePriority;
import ahti.metainfo.FileSelection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A {@link FileSelection} as a recording holds it. */
public record RecordedSelection(FilePriority others, List<Named> named) {

    /** One of its named files. */
    public record Named(int file, FilePriority priority) {}

    /** Of this one. */
    public static RecordedSelection of(FileSelection selection) {
        return new RecordedSelection(
                selection.others(),
                selection.named().entrySet().stream()
                        .map(entry -> new Named(entry.getKey(), entry.getValue()))
                        .toList());
    }

    /** The same again. */
    public FileSelection selection() {
        Map<Integer, FilePriority> files = new TreeMap<>();
        named.forEach(entry -> files.put(entry.file(), entry.priority()));
        return new FileSelection(others, files);
    }
}
