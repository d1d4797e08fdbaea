package ahti.bencode;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ahti.Seeds;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BencodeReaderTest {

    @Seeds(500)
    void readsBackWhatTheBuildersWrite(long seed) throws BencodeException {
        byte[] written = Values.any(new Random(seed), 4).encode();

        BencodeValue read = BencodeReader.read(written, 10, 10_000);

        assertThat(Values.rebuilt(read).encode()).isEqualTo(written);
        assertThat(read.encode()).isEqualTo(written);
    }

    @Seeds(100)
    void refusesAMessageCutAnywhere(long seed) {
        byte[] whole =
                new DictBuilder().put("a", Values.any(new Random(seed), 3)).encode();

        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatExceptionOfType(BencodeException.class).isThrownBy(() -> BencodeReader.read(cut, 10, 10_000));
        }
    }

    @Seeds(500)
    void neverThrowsAnythingButItsRefusal(long seed) {
        Random random = new Random(seed);
        byte[] bytes = Values.dict(random, 4).encode();
        for (int damage = 1 + random.nextInt(3); damage > 0; damage--) {
            bytes[random.nextInt(bytes.length)] = (byte) "dlie:-0123456789".charAt(random.nextInt(16));
        }

        try {
            Values.rebuilt(BencodeReader.read(bytes, 10, 10_000)).encode();
        } catch (BencodeException refused) {
            assertThat(refused.position()).isBetween(0, bytes.length);
            assertThat(refused.reason()).isNotBlank();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ''            | 0  | nothing there
                    d             | 1  | ends too early
                    i12           | 3  | ends too early
                    i             | 1  | ends too early
                    i-            | 2  | ends too early
                    l1            | 2  | ends too early
                    x             | 0  | expected a value, found 'x'
                    e             | 0  | expected a value, found 'e'
                    -1:a          | 0  | expected a value, found '-'
                    d1:a          | 4  | ends too early
                    d1:ae         | 4  | a key without a value
                    di1ei2ee      | 1  | expected a key, found 'i'
                    ie            | 1  | expected a digit of an integer, found 'e'
                    i-e           | 2  | expected a digit of an integer, found 'e'
                    i1.5e         | 2  | expected a digit of an integer, found '.'
                    i+1e          | 1  | expected a digit of an integer, found '+'
                    i03e          | 0  | an integer with a leading 0
                    i00e          | 0  | an integer with a leading 0
                    i-0e          | 0  | an integer that begins with -0
                    i-03e         | 0  | an integer that begins with -0
                    li9223372036854775808ee  | 1 | an integer of more than 64 bits
                    li-9223372036854775809ee | 1 | an integer of more than 64 bits
                    l5:abce       | 1  | a string of 5 bytes where 4 are left
                    99999999999999999999:a | 0 | a string longer than the rest
                    l03:abce      | 1  | a length with a leading 0
                    l3abce        | 2  | expected a colon after a length, found 'a'
                    d1:ai1e1:ai2ee    | 7 | the same key again
                    d1:bi1e1:ai2e1:bi3ee | 13 | the same key again
                    i1ei2e        | 3  | more bytes after the end
                    le x          | 3  | more bytes after the end
                    """)
    void namesWhatIsWrongAndWhere(String message, int position, String reason) {
        assertThatExceptionOfType(BencodeException.class)
                .isThrownBy(() -> read(message))
                .withMessage("at byte " + position + ": " + reason)
                .matches(refused -> refused.position() == position)
                .matches(refused -> refused.getStackTrace().length == 0);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, -1, 10, Long.MAX_VALUE, Long.MIN_VALUE})
    void readsIntegersOf64Bits(long value) throws BencodeException {
        assertThat(((BencodeInteger) read("i" + value + "e")).value()).isEqualTo(value);
    }

    @Test
    void acceptsWhiteSpaceAfterTheEnd() throws BencodeException {
        assertThat(read("i1e\r\n \t\n").encode()).isEqualTo(bytes("i1e"));
    }

    @Test
    void acceptsKeysThatAreNotSorted() throws BencodeException {
        BencodeDict dict = (BencodeDict) read("d1:bli1ee1:ai2ee");

        assertThat(dict.integer("a")).hasValue(2);
        assertThat(dict.list("b")).isPresent();
    }

    @Test
    void refusesVeryManyUnsortedKeys() {
        StringBuilder many = new StringBuilder("d1:zle");
        for (int i = 100_000; i < 100_000 + Scan.MOST_UNSORTED_KEYS; i++) {
            many.append("6:").append(i).append("0:");
        }

        assertThatExceptionOfType(BencodeException.class)
                .isThrownBy(() -> read(many.append('e').toString(), 200_000))
                .withMessageContaining("keys, not sorted");
    }

    @Test
    void refusesNestingBeyondTheLimit() throws BencodeException {
        assertThat(read("l".repeat(10) + "e".repeat(10)).kind()).isEqualTo("a list");
        assertThatExceptionOfType(BencodeException.class)
                .isThrownBy(() -> read("l".repeat(1_000_000)))
                .withMessage("at byte 10: nested deeper than 10");
    }

    @Test
    void refusesMoreValuesThanTheLimit() throws BencodeException {
        assertThat(read("l" + "i0e".repeat(99) + "e").kind()).isEqualTo("a list");
        assertThatExceptionOfType(BencodeException.class)
                .isThrownBy(() -> read("l" + "i0e".repeat(100) + "e"))
                .withMessage("at byte 298: more than 100 values");
    }

    @Test
    void showsTheOriginalBytesOfAValue() throws BencodeException {
        BencodeDict info = ((BencodeDict) read("d3:fooi1e4:infod1:bl1:xe1:ai2eee"))
                .dict("info")
                .orElseThrow();

        assertThat(info.original()).isEqualTo(java.nio.ByteBuffer.wrap(bytes("d1:bl1:xe1:ai2ee")));
        assertThat(info.position()).isEqualTo(15);
        assertThat(new DictBuilder().put("info", info).encode()).isEqualTo(bytes("d4:infod1:bl1:xe1:ai2eee"));
    }

    @Test
    void answersEmptyForTheWrongType() throws BencodeException {
        BencodeDict dict = (BencodeDict) read("d1:i2:xx1:si5e1:z0:e");

        assertThat(dict.integer("i")).isEmpty();
        assertThat(dict.bytes("s")).isEmpty();
        assertThat(dict.text("s")).isEmpty();
        assertThat(dict.list("s")).isEmpty();
        assertThat(dict.dict("s")).isEmpty();
        assertThat(dict.has("s")).isTrue();
        assertThat(dict.has("t")).isFalse();
        assertThat(dict.text("z")).hasValue("");
    }

    @Test
    void walksNestedValuesInOrder() throws BencodeException {
        BencodeList list = (BencodeList) read("ld1:al1:be1:cdeel2:ddei7e1:ee");

        assertThat(list.stream().map(BencodeValue::kind))
                .containsExactly("a dictionary", "a list", "an integer", "a string");
        assertThat(list.texts()).containsExactly("e");
        BencodeDict first = (BencodeDict) list.iterator().next();
        assertThat(StreamSupport.stream(first.spliterator(), false)
                        .map(entry ->
                                entry.key().text() + " is " + entry.value().kind()))
                .isEqualTo(List.of("a is a list", "c is a dictionary"));
    }

    @Seeds(20)
    void stepsOverAnyNumberOfContainers(long seed) throws BencodeException {
        Random random = new Random(seed);
        ListBuilder outer = new ListBuilder();
        int count = random.nextInt(300);
        for (int i = 0; i < count; i++) {
            ListBuilder inner = new ListBuilder();
            for (int k = random.nextInt(100); k > 0; k--) {
                inner.add(new DictBuilder().put("k", k));
            }
            outer.add(inner.add(i));
        }

        BencodeList read = (BencodeList) BencodeReader.read(outer.encode(), 10, 1_000_000);

        assertThat(read.stream().count()).isEqualTo(count);
        assertThat(Values.rebuilt(read).encode()).isEqualTo(outer.encode());
    }

    @Test
    void tellsUtf8FromOtherBytes() throws BencodeException {
        assertThat(string(Leaf.of("\u00e9\uFFFD").encode()).validText()).hasValue("\u00e9\uFFFD");
        assertThat(string(Leaf.of(new byte[] {'a', (byte) 0xe9}).encode()).validText())
                .isEmpty();
        assertThat(string(Leaf.of(new byte[] {'a', (byte) 0xe9}).encode()).text())
                .isEqualTo("a\uFFFD");
    }

    @Test
    void saysThatADictionaryWasExpected() {
        assertThatExceptionOfType(BencodeException.class)
                .isThrownBy(() -> BencodeReader.readDict(bytes("le"), 10, 100))
                .withMessage("at byte 0: expected a dictionary, found a list");
    }

    @Test
    void sortsKeysByTheirBytes() {
        byte[] written = new DictBuilder()
                .put("b", 1)
                .put("\u00e9", new ListBuilder().add(1).add("x").add(new byte[] {'y'}))
                .put("aa", "z")
                .put("a", new DictBuilder())
                .encode();

        assertThat(new String(written, ISO_8859_1)).isEqualTo("d1:ade2:aa1:z1:bi1e2:\u00c3\u00a9li1e1:x1:yee");
    }

    private static BencodeBytes string(byte[] message) throws BencodeException {
        return (BencodeBytes) BencodeReader.read(message, 1, 1);
    }

    private static BencodeValue read(String message) throws BencodeException {
        return read(message, 100);
    }

    private static BencodeValue read(String message, int maxItems) throws BencodeException {
        return BencodeReader.read(bytes(message), 10, maxItems);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(ISO_8859_1);
    }
}
