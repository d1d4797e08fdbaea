package ahti.metainfo;

import static ahti.metainfo.SafeName.folded;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ahti.Seeds;
import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafeNameTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "file name (1).tar.gz",
                ".hidden",
                "...a",
                " a",
                "ab:c",
                "ab:",
                "what? *why* <\"|\">",
                "console",
                "com",
                "com10",
                "nullable.txt",
                "\u00c4\u03a9\u4e2d.txt",
                "e\u0301",
                "\ud83d\udc68\u200d\ud83d\udc69",
                "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"
            })
    void keepsNamesThatAreSafe(String name) {
        assertThat(SafeName.of(name)).isEqualTo(new SafeName(name, ""));
    }

    @ParameterizedTest
    @CsvSource({
        "'', _, an empty name",
        "., _, nothing but dots or spaces",
        ".., _, nothing but dots or spaces",
        "' . ', _, nothing but dots or spaces",
        "'../etc/passwd', .._etc_passwd, characters that are not safe in a name",
        "'..\\x', .._x, characters that are not safe in a name",
        "/, _, characters that are not safe in a name",
        "/etc, _etc, characters that are not safe in a name",
        "'\\\\server', __server, characters that are not safe in a name",
        "'a\u0000b', a_b, characters that are not safe in a name",
        "'a\nb', a_b, characters that are not safe in a name",
        "'a\u001b[2J', a_[2J, characters that are not safe in a name",
        "'a\u009bb', a_b, characters that are not safe in a name",
        "'gpj\u202eexe', gpj_exe, characters that are not safe in a name",
        "'a\u200bb', a_b, characters that are not safe in a name",
        "'a\u2028b', a_b, characters that are not safe in a name",
        "'a\ufeffb', a_b, characters that are not safe in a name",
        "'a\ud800b', a_b, characters that are not safe in a name",
        "'a\ufffdb', a_b, characters that are not safe in a name",
        "C:, C_, a drive letter",
        "'c:\\x', c__x, a drive letter",
        "'a. .', a, dots or spaces at the end",
        "'a ', a, dots or spaces at the end",
        "CON, _CON, the name of a device",
        "nul.txt, _nul.txt, the name of a device",
        "'NUL .a.b', _NUL .a.b, the name of a device",
        "com1, _com1, the name of a device",
        "LPT\u00b9.x, _LPT\u00b9.x, the name of a device",
        "aux., _aux, the name of a device",
        "conin$, _conin$, the name of a device",
    })
    void changesNamesThatAreNot(String theirs, String ours, String reason) {
        assertThat(SafeName.of(theirs)).isEqualTo(new SafeName(ours, reason));
    }

    @Test
    void cutsLongNamesBeforeTheExtension() {
        assertThat(SafeName.of("x".repeat(255)).reason()).isEmpty();
        assertThat(SafeName.of("x".repeat(256))).isEqualTo(new SafeName("x".repeat(255), "too long"));
        assertThat(SafeName.of("x".repeat(300) + ".mkv").text()).isEqualTo("x".repeat(251) + ".mkv");
        assertThat(SafeName.of("\u4e2d".repeat(100) + ".mkv").text()).isEqualTo("\u4e2d".repeat(83) + ".mkv");
        assertThat(SafeName.of("\ud83d\udc68".repeat(100)).text()).isEqualTo("\ud83d\udc68".repeat(63));
        assertThat(SafeName.of(".".repeat(300) + "x y").text()).isEqualTo("_");
        assertThat(SafeName.of("con" + " ".repeat(300) + "x").text()).isEqualTo("_con");
        assertThat(SafeName.of("con." + "y".repeat(251)).text()).hasSize(255).startsWith("_con.y");
    }

    @ParameterizedTest
    @CsvSource({
        "A.TXT, a.txt",
        "\u00c4, \u00e4",
        "\u00e9, e\u0301",
        "\u0130, i\u0307",
        "\u212a, k",
        "\u03a3, \u03c2",
        "a\u200db, ab",
        "stra\u1e9ee, strasse",
        "heart\u2764\ufe0f, heart\u2764",
        "a\u3164, a",
        "\u03a3\u3164b, \u03c3b",
        "e\u034f\u0301, \u00e9",
    })
    void foldsWhatSomeFileSystemTakesForTheSame(String one, String other) {
        assertThat(folded(one)).isEqualTo(folded(other));
    }

    /** Case and composition as the JDK knows them, of every character that has such forms. */
    @Test
    void foldsEveryCharacterAndItsOtherFormsToTheSame() {
        List<String> apart = new ArrayList<>();
        for (int c = 0x80; c < 0x30000; c++) {
            String one = "x" + Character.toString(c);
            if (Character.getType(c) == Character.SURROGATE) {
                continue;
            }
            String title = "x" + Character.toString(Character.toTitleCase(c));
            Stream.of(one, one.toLowerCase(Locale.ROOT), one.toUpperCase(Locale.ROOT), title)
                    .flatMap(form ->
                            Stream.of(form, Normalizer.normalize(form, Form.NFC), Normalizer.normalize(form, Form.NFD)))
                    .distinct()
                    .filter(other -> !other.equals(one))
                    .filter(other -> !folded(other).equals(folded(one)))
                    .forEach(other -> apart.add(one + " and " + other));
        }
        assertThat(apart).isEmpty();
    }

    @Seeds(2000)
    void isSafeWhateverTheName(long seed) {
        Random random = new Random(seed);
        String parts = "./\\: CONconnul1\u00e9\u4e2d\u202e\u0000\n\ud83d\ud83d\udc68~$%x";
        StringBuilder theirs = new StringBuilder();
        for (int i = random.nextInt(random.nextInt(8) == 0 ? 600 : 12); i > 0; i--) {
            theirs.append(parts.charAt(random.nextInt(parts.length())));
        }

        String ours = SafeName.of(theirs.toString()).text();

        assertThat(ours.getBytes(UTF_8)).hasSizeBetween(1, 255);
        assertThat(ours)
                .doesNotContain("/", "\\", "\u0000", "\n", "\u202e")
                .doesNotEndWith(".")
                .doesNotEndWith(" ")
                .doesNotMatch("(?i)(con|nul) *(\\..*)?")
                .doesNotMatch("[A-Za-z]:.*");
        assertThat(SafeName.of(ours)).isEqualTo(new SafeName(ours, ""));
    }
}
