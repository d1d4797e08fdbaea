package ahti.net.filter;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.fuzz.FuzzTarget;
import ahti.fuzz.FuzzTargets;

/** A list of addresses to block: every line is counted, and every range that is read is blocked at both ends. */
public final class BlockListTarget implements FuzzTarget {
    @Override
    public String name() {
        return "blocklist";
    }

    @Override
    public void check(byte[] input) {
        BlockListReader.Content content = BlockListReader.read(input);
        assertThat(content.ranges().size() + content.bad()).isLessThanOrEqualTo(content.lines());
        assertThat(content.firstBad()).isBetween(0, content.lines());
        assertThat(content.firstBad() == 0).isEqualTo(content.bad() == 0);
        content.complaint().ifPresent(FuzzTargets::assertFitToShow);
        BlockList blocked = new BlockList(content.ranges());
        assertThat(blocked.size()).isLessThanOrEqualTo(content.ranges().size());
        for (AddressRange range : content.ranges()) {
            assertThat(blocked.contains(range.from())).isTrue();
            assertThat(blocked.contains(range.to())).isTrue();
            String written = range.from().getHostAddress() + "-" + range.to().getHostAddress();
            assertThat(AddressRange.parse(written)).contains(range);
        }
    }
}
