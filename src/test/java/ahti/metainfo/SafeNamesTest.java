package ahti.metainfo;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.Seeds;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SafeNamesTest {

    private final SafeNames names = SafeNames.below("t", 1_000_000);

    @Test
    void putsEveryFileBelowTheRoot() {
        assertThat(path("a")).isEqualTo("t/a");
        assertThat(path("d/e/a")).isEqualTo("t/d/e/a");
        assertThat(SafeNames.ofSingleFile().path(List.of("x"))).containsExactly("x");
        assertThat(names.renamings()).isEmpty();
    }

    @Test
    void makesTheRootSafeToo() {
        SafeNames names = SafeNames.below("..", 10);

        assertThat(names.path(List.of("a"))).containsExactly("_", "a");
        assertThat(names.renamings()).containsExactly(new Renaming("..", "_", "nothing but dots or spaces"));
    }

    @Test
    void numbersTheSecondFileOfAName() {
        assertThat(path("d/a.txt")).isEqualTo("t/d/a.txt");
        assertThat(path("d/a.txt")).isEqualTo("t/d/a (2).txt");
        assertThat(path("d/A.TXT")).isEqualTo("t/d/A (3).TXT");
        assertThat(path("e/a.txt")).isEqualTo("t/e/a.txt");
        assertThat(path("d/caf\u00e9")).isEqualTo("t/d/caf\u00e9");
        assertThat(path("d/cafe\u0301")).isEqualTo("t/d/cafe\u0301 (2)");
        assertThat(names.renamings())
                .containsExactly(
                        new Renaming("d/a.txt", "t/d/a (2).txt", "the name is taken"),
                        new Renaming("d/A.TXT", "t/d/A (3).TXT", "the name is taken"),
                        new Renaming("d/cafe\u0301", "t/d/cafe\u0301 (2)", "the name is taken"));
    }

    @Test
    void stepsOverNumbersThatTheTorrentUses() {
        assertThat(path("a (2)")).isEqualTo("t/a (2)");
        assertThat(path("a")).isEqualTo("t/a");
        assertThat(path("a")).isEqualTo("t/a (3)");
        assertThat(path("a (3)")).isEqualTo("t/a (3) (2)");
    }

    @Test
    void makesOneDirectoryOfSpellingsThatSomeFileSystemTakesForTheSame() {
        assertThat(path("Season/1")).isEqualTo("t/Season/1");
        assertThat(path("season/2")).isEqualTo("t/Season/2");
        assertThat(path("SEASON/1")).isEqualTo("t/Season/1 (2)");
        assertThat(path("season/3")).isEqualTo("t/Season/3");
        assertThat(names.renamings()).extracting(Renaming::theirs).containsExactly("season", "SEASON", "SEASON/1");
    }

    @Test
    void keepsAFileAndADirectoryOfOneNameApart() {
        assertThat(path("a")).isEqualTo("t/a");
        assertThat(path("a/b")).isEqualTo("t/a (2)/b");
        assertThat(path("A/c")).isEqualTo("t/a (2)/c");
        assertThat(path("d/e")).isEqualTo("t/d/e");
        assertThat(path("d")).isEqualTo("t/d (2)");
        assertThat(names.renamings())
                .containsExactly(
                        new Renaming("a", "t/a (2)", "the name is taken"),
                        new Renaming("A", "t/a (2)", "the name is taken"),
                        new Renaming("d", "t/d (2)", "the name is taken"));
    }

    @Test
    void tellsOfADirectoryOnce() {
        IntStream.range(0, 100).forEach(i -> path("con/" + i));

        assertThat(names.renamings()).containsExactly(new Renaming("con", "t/_con", "the name of a device"));
    }

    @Test
    void countsTheChangesBeyondAThousand() {
        IntStream.range(0, 2500).forEach(i -> path("a"));

        assertThat(names.renamings()).hasSize(1001);
        assertThat(names.renamings().get(1000).reason()).isEqualTo("1499 more names were changed");
    }

    @Test
    void staysQuickWhenLongNamesWantTheSameNumbers() {
        Set<List<String>> paths = new HashSet<>();
        for (int i = 0; i < 20_000; i++) {
            List<String> theirs = List.of("x".repeat(249) + (100_000 + i));
            paths.add(names.path(theirs));
            paths.add(names.path(theirs));
        }

        assertThat(paths).hasSize(40_000);
    }

    @Test
    void knowsWhenThereAreTooManyDirectories() {
        SafeNames names = SafeNames.below("t", 2);
        names.path(List.of("a", "b", "f"));
        assertThat(names.isFull()).isFalse();

        names.path(List.of("a", "c", "f"));

        assertThat(names.isFull()).isTrue();
    }

    @Seeds(300)
    void neverGivesTwoFilesOnePathNorAFileADirectorysPlace(long seed) {
        Random random = new Random(seed);
        String letters = "aAb./ (2)\u00e9E\u00c9\u0301";
        Set<String> files = new HashSet<>();
        Set<String> directories = new HashSet<>();
        List<List<String>> all = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            List<String> path = names.path(IntStream.rangeClosed(0, random.nextInt(3))
                    .mapToObj(level -> anyName(random, letters))
                    .toList());
            all.add(path);
            for (int depth = 1; depth < path.size(); depth++) {
                directories.add(SafeName.folded(String.join("/", path.subList(0, depth))));
            }
            assertThat(files.add(SafeName.folded(String.join("/", path))))
                    .as(path + " is new")
                    .isTrue();
        }
        assertThat(files).doesNotContainAnyElementsOf(directories);
        assertThat(all)
                .allSatisfy(path -> assertThat(path)
                        .allSatisfy(name -> assertThat(name).doesNotContain("/").isNotIn(".", "..", "")));
    }

    private static String anyName(Random random, String letters) {
        StringBuilder name = new StringBuilder();
        for (int i = random.nextInt(4); i > 0; i--) {
            name.append(letters.charAt(random.nextInt(letters.length())));
        }
        return name.toString();
    }

    private String path(String theirs) {
        return String.join("/", names.path(List.of(theirs.split("/"))));
    }
}
