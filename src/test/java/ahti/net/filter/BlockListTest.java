package ahti.net.filter;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.Seeds;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading and looking up who is blocked. */
class BlockListTest {

    private static BlockListReader.Content read(String... lines) {
        return BlockListReader.read(String.join("\n", lines).getBytes(StandardCharsets.ISO_8859_1));
    }

    private static boolean blocks(String list, String address) {
        return new BlockList(read(list).ranges()).contains(ip(address));
    }

    private static InetAddress ip(String text) {
        return AddressRange.parse(text).orElseThrow().from();
    }

    @Test
    void readsFilterFilesOfEmule() {
        String line = "001.009.096.105 - 001.009.096.110 , 100 , Some, organization: really";
        assertThat(blocks(line, "1.9.96.104")).isFalse();
        assertThat(blocks(line, "1.9.96.105")).isTrue();
        assertThat(blocks(line, "1.9.96.110")).isTrue();
        assertThat(blocks(line, "1.9.96.111")).isFalse();
        assertThat(blocks("1.2.3.4 - 1.2.3.4 , 128 , allowed", "1.2.3.4")).isFalse();
        assertThat(read("1.2.3.4 - 1.2.3.4 , 128 , allowed").bad()).isZero();
    }

    @Test
    void readsTextOfPeerGuardian() {
        String line = "Evil, Inc: \u00fcber:10.1.0.0-10.1.255.255";
        assertThat(blocks(line, "10.1.77.1")).isTrue();
        assertThat(blocks(line, "10.2.0.0")).isFalse();
    }

    @Test
    void readsPlainLines() {
        assertThat(blocks("10.20.30.40/12", "10.16.0.0")).isTrue();
        assertThat(blocks("10.20.30.40/12", "10.32.0.0")).isFalse();
        assertThat(blocks("2001:db8::/33", "2001:db8:7fff::1")).isTrue();
        assertThat(blocks("2001:db8::/33", "2001:db8:8000::1")).isFalse();
        assertThat(blocks("fe80::1-fe80::9", "fe80::5")).isTrue();
        assertThat(blocks("0.0.0.0/0", "255.255.255.255")).isTrue();
        assertThat(blocks("0.0.0.0/0", "::1")).isFalse();
        assertThat(blocks("7.7.7.7", "7.7.7.7")).isTrue();
    }

    @Test
    void readsANetworkThatEndsWithAddressesOfIpv4WrittenAsIpv6() {
        assertThat(blocks("::/80", "::fffe:1:1")).isTrue();
        assertThat(blocks("::/80", "1::1")).isFalse();
        assertThat(blocks("::/80", "1.2.3.4")).isFalse();
        assertThat(blocks("::-::ffff:1.2.3.4", "::1")).isTrue();
    }

    @Test
    void readsAddressesOfIpv4WrittenAsIpv6() {
        assertThat(blocks("::ffff:1.2.3.4", "1.2.3.4")).isTrue();
        assertThat(blocks("::ffff:1.2.0.0/112", "1.2.255.255")).isTrue();
        assertThat(blocks("::ffff:1.2.0.0/112", "1.3.0.0")).isFalse();
        assertThat(blocks("::ffff:1.2.3.4-::ffff:1.2.3.9", "1.2.3.9")).isTrue();
    }

    @Test
    void countsWhatItDoesNotUnderstandAndGoesOn() {
        BlockListReader.Content content =
                read("# a comment", "", "// another", "1.2.3.4", "example.com", "1.2.3.300", "5.6.7.8");
        assertThat(content.ranges()).hasSize(2);
        assertThat(content.complaint())
                .contains("2 of 7 lines block nobody, for they are in no format that is known: the first is line 5");
        assertThat(read("1.2.3.4").complaint()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.2.3",
                "1.2.3.4.5",
                "1.2.3.4/33",
                "1.2.3.4/",
                "1.2.3.9-1.2.3.1",
                "1.2.3.4-::1",
                "::/129",
                "localhost",
                "",
                "1.2.3.4-",
                "x::1",
                "1.2.3.-4",
                "a:b:c"
            })
    void whatIsNoRangeIsNone(String text) {
        assertThat(AddressRange.parse(text)).isEmpty();
    }

    @Test
    void nobodyIsOnAnEmptyList() {
        assertThat(BlockList.NONE.contains(ip("1.2.3.4"))).isFalse();
        assertThat(BlockList.NONE.contains(ip("::1"))).isFalse();
    }

    /** However ranges overlap, touch and are ordered: the same as looking at each of them. */
    @Seeds(100)
    void looksUpAsOneByOne(long seed) throws UnknownHostException {
        Random random = new Random(seed);
        List<AddressRange> ranges = new ArrayList<>();
        for (int index = 0; index < 1 + random.nextInt(20); index++) {
            boolean six = random.nextInt(3) == 0;
            byte[] one = address(random, six);
            byte[] other = address(random, six);
            boolean inOrder = Arrays.compareUnsigned(one, other) <= 0;
            ranges.add(new AddressRange(
                    InetAddress.getByAddress(inOrder ? one : other), InetAddress.getByAddress(inOrder ? other : one)));
        }
        BlockList list = new BlockList(ranges);
        assertThat(list.size()).isLessThanOrEqualTo(ranges.size());
        for (int index = 0; index < 500; index++) {
            InetAddress address = InetAddress.getByAddress(address(random, random.nextBoolean()));
            assertThat(list.contains(address))
                    .isEqualTo(ranges.stream().anyMatch(range -> isWithin(range, address.getAddress())));
        }
    }

    private static boolean isWithin(AddressRange range, byte... address) {
        return range.from().getAddress().length == address.length
                && Arrays.compareUnsigned(range.from().getAddress(), address) <= 0
                && Arrays.compareUnsigned(address, range.to().getAddress()) <= 0;
    }

    /** Few different ones, at both ends of the range of all. */
    private static byte[] address(Random random, boolean six) {
        byte[] bytes = new byte[six ? 16 : 4];
        if (random.nextBoolean()) {
            Arrays.fill(bytes, (byte) 0xff);
        }
        bytes[bytes.length - 1] = (byte) random.nextInt(256);
        return bytes;
    }
}
