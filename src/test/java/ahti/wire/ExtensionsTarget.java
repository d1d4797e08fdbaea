package ahti.wire;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.core.PeerContact;
import ahti.fuzz.FuzzTarget;
import ahti.fuzz.FuzzTargets;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.pekko.util.ByteString;

/** Bodies of extended messages: handshake, ut_metadata, ut_pex. What is read is written as what reads the same. */
public final class ExtensionsTarget implements FuzzTarget {
    @Override
    public String name() {
        return "extensions";
    }

    @Override
    public void check(byte[] input) {
        ByteString body = ByteString.fromArray(input);
        ExtensionHandshake.read(body).ifPresent(ExtensionsTarget::checkHandshake);
        MetadataMessage.read(body).ifPresent(ExtensionsTarget::checkMetadata);
        PexMessage.read(body).ifPresent(ExtensionsTarget::checkPex);
    }

    private static void checkHandshake(ExtensionHandshake said) {
        said.client().ifPresent(FuzzTargets::assertFitToShow);
        assertThat(said.port().orElse(1)).isBetween(1, 65_535);
        assertThat(said.queue().orElse(1)).isPositive();
        assertThat(said.metadataSize().orElse(1)).isPositive();
        assertThat(said.numbers().values()).allMatch(number -> number >= 0 && number <= 255);
        assertThat(ExtensionHandshake.read(said.toMessage().body())).contains(said);
    }

    private static void checkMetadata(MetadataMessage said) {
        assertThat(said.block()).isNotNegative();
        assertThat(MetadataMessage.read(said.toBody())).contains(said);
    }

    private static void checkPex(PexMessage said) {
        assertThat(said.added()).hasSizeLessThanOrEqualTo(2 * PexMessage.MOST_READ);
        assertThat(said.dropped()).hasSizeLessThanOrEqualTo(2 * PexMessage.MOST_READ);
        List<PeerContact> added = inOrder(said.added(), PeerContact::address);
        List<InetSocketAddress> dropped = inOrder(said.dropped(), Function.identity());
        if (added.size() <= PexMessage.MOST_READ && dropped.size() <= PexMessage.MOST_READ) {
            assertThat(PexMessage.read(said.toBody())).contains(new PexMessage(added, dropped));
        }
    }

    /** An IPv4 address in IPv6 clothes is written as what it is. */
    private static <T> List<T> inOrder(List<T> read, Function<T, InetSocketAddress> address) {
        return Stream.of(true, false)
                .flatMap(four ->
                        read.stream().filter(one -> (address.apply(one).getAddress() instanceof Inet4Address) == four))
                .toList();
    }
}
