package ahti.lsd;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.fuzz.FuzzTarget;
import java.util.Optional;
import org.apache.pekko.util.ByteString;

/** A datagram of local service discovery: what is read is written as what reads the same. */
public final class SearchTarget implements FuzzTarget {
    @Override
    public String name() {
        return "lsd";
    }

    @Override
    public void check(byte[] input) {
        Optional<Search> read = Search.read(ByteString.fromArray(input));
        if (read.isPresent()) {
            assertThat(read.get().port()).isBetween(1, 65_535);
            assertThat(read.get().infoHashes()).isNotEmpty();
            ByteString written = read.get().write(Group.IPV4);
            if (written.size() <= Search.LARGEST && read.get().cookie().indexOf('\uFFFD') < 0) {
                assertThat(Search.read(written)).isEqualTo(read);
            }
        }
    }
}
