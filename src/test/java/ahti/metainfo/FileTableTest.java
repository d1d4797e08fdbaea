package ahti.metainfo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ahti.Seeds;
import ahti.metainfo.FileEntry.Attribute;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FileTableTest {
    private static final List<String> NAMES = List.of(
            "root",
            "published root",
            "a",
            "a/b",
            "",
            "\0",
            "\u00e4\ud83d\ude00",
            "x".repeat(126),
            "y".repeat(255),
            "z".repeat(20_000));

    @Seeds(100)
    void givesBackTheEntriesThatItTook(long seed) {
        Random random = new Random(seed);
        List<FileEntry> files = new ArrayList<>();
        long offset = 0;
        for (int i = random.nextInt(1, 40); i > 0; i--) {
            FileEntry file = any(random, offset);
            files.add(file);
            offset = file.end();
        }
        FileTable table = FileTable.of(files);
        assertThat(table).isEqualTo(files);
        for (int i = 0; i < files.size(); i++) {
            assertThat(table.begin(i)).isEqualTo(files.get(i).offset());
            assertThat(table.end(i)).isEqualTo(files.get(i).end());
        }
        assertThat(FileTable.of(table)).isSameAs(table);
    }

    private static FileEntry any(Random random, long offset) {
        List<String> path = names(random, 1);
        EnumSet<Attribute> attributes = EnumSet.noneOf(Attribute.class);
        for (Attribute attribute : Attribute.values()) {
            if (random.nextInt(4) == 0) {
                attributes.add(attribute);
            }
        }
        return new FileEntry(
                path,
                offset,
                random.nextInt(3) == 0 ? 0 : random.nextLong(1L << 50),
                attributes,
                random.nextBoolean() ? path : names(random, 0),
                random.nextBoolean() ? List.of() : names(random, 0));
    }

    private static List<String> names(Random random, int least) {
        List<String> names = new ArrayList<>();
        for (int i = random.nextInt(least, 5); i > 0; i--) {
            names.add(NAMES.get(random.nextInt(NAMES.size())));
        }
        return names;
    }

    @Test
    void takesNoFilesWithGapsBetweenThem() {
        FileEntry file = new FileEntry(List.of("a"), 1, 2, Set.of());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FileTable.of(List.of(file)))
                .withMessageContaining("does not follow byte 0");
    }
}
