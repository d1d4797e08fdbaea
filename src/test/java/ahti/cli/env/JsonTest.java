package ahti.cli.env;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class JsonTest {

    @Test
    void keepsTheOrderOfMembers() {
        Json json = new Json()
                .put("text", "a")
                .put("number", 7L)
                .put("double", 0.5)
                .put("truth", true)
                .put("nothing", null)
                .put("inner", new Json().put("x", 1))
                .put("list", Arrays.asList("a", 1, null, List.of()));

        assertThat(json)
                .hasToString("{\"text\":\"a\",\"number\":7,\"double\":0.5,\"truth\":true,\"nothing\":null,"
                        + "\"inner\":{\"x\":1},\"list\":[\"a\",1,null,[]]}");
    }

    @Test
    void writesOptionalsAsTheirValueOrNull() {
        Json json = new Json()
                .put("a", Optional.of("x"))
                .put("b", Optional.empty())
                .put("c", OptionalLong.of(3))
                .put("d", OptionalLong.empty())
                .put("e", Double.NaN);

        assertThat(json).hasToString("{\"a\":\"x\",\"b\":null,\"c\":3,\"d\":null,\"e\":null}");
    }

    @Test
    void escapesWhatJsonForbids() {
        assertThat(new Json().put("k", "\"\\\n\r\t\u0000\u001b\u007f\u2028é漢😀"))
                .hasToString("{\"k\":\"\\\"\\\\\\n\\r\\t\\u0000\\u001b\\u007f\\u2028é漢😀\"}");
    }

    @Test
    void escapesWhatWouldSteerATerminal() {
        assertThat(new Json().put("k", "\u009b2J\u0085gpj\u202eexe\u2066\ufeff" + Character.toString(0xe0041)))
                .hasToString("{\"k\":\"\\u009b2J\\u0085gpj\\u202eexe\\u2066\\ufeff\\udb40\\udc41\"}");
    }

    @Test
    void replacesHalvesOfCharacters() {
        assertThat(new Json().put("k", "a\ud800b")).hasToString("{\"k\":\"a\ufffdb\"}");
    }
}
