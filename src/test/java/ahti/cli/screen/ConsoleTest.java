package ahti.cli.screen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConsoleTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Console console = new Console(new PrintStream(bytes, true, StandardCharsets.UTF_8));

    @Test
    void hidesTheCursorWhileAFrameStandsAndRestoresItOnce() {
        console.frame(List.of("a", "b"));
        console.frame(List.of("c", "d"));
        console.close();
        console.close();
        console.frame(List.of("e", "f"));

        assertThat(written()).isEqualTo("<[?25l>a<[K>\nb<[K>\n<[J>" + "\r<[2A>c<[K>\nd<[K>\n<[J>" + "<[?25h>");
    }

    @Test
    void removesAllOfAFrameThatANarrowerTerminalHasWrapped() {
        console.frame(List.of("123456789", "\u001b[32m漢字漢字\u001b[0m", ""));
        console.clear(4);

        assertThat(written()).endsWith("\r<[6A><[J><[?25h>");
    }

    @Test
    void printsLinesAboveTheFrame() {
        console.frame(List.of("frame"));
        console.line("news");

        assertThat(written()).endsWith("\r<[1A>news<[K>\nframe<[K>\n<[J>");
    }

    @Test
    void writesNoControlCodesWithoutAFrame() {
        console.line("news");
        console.clear();
        console.close();
        console.line("more");

        assertThat(written()).isEqualTo("news\nmore\n");
    }

    @Test
    void nothingThatIsShownSteersTheTerminalExceptOurColours() {
        String hostile = "a\u001b]0;title\u0007b\u009b2Jc\rd\u202ee\u2066f\u0000g\u2028h";

        console.line(hostile + "\u001b[1;31mred\u001b[0m");
        console.frame(List.of(hostile));

        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .startsWith("a?]0;title?b?2Jc?d?e?f?g?h\u001b[1;31mred\u001b[0m\n")
                .endsWith("a?]0;title?b?2Jc?d?e?f?g?h\u001b[K\n\u001b[J");
    }

    private String written() {
        return bytes.toString(StandardCharsets.UTF_8).replaceAll("\u001b(\\[\\??\\d*[a-zA-Z])", "<$1>");
    }
}
