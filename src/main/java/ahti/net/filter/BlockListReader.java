package ahti.net.filter;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads lists of addresses to block, line by line, in the formats that are in use; they may be mixed.
 *
 * <pre>
 * 001.009.096.105 - 001.009.096.255 , 100 , somebody     eMule's ipfilter.dat; levels above 127 do not block
 * somebody: and others:1.9.96.105-1.9.96.255             PeerGuardian's P2P text
 * 10.0.0.0/8                                             plain: a network, a range or an address, IPv4 or IPv6
 * </pre>
 *
 * <p>Empty lines and those that begin with {@code #} or {@code //} say nothing. Others that say nothing we understand are
 * counted, for one of them must not open the door to everybody.
 */
public final class BlockListReader {
    private static final int HIGHEST_BLOCKED_LEVEL = 127;

    private final List<AddressRange> ranges = new ArrayList<>();
    private int lines;
    private int bad;
    private int firstBad;

    private BlockListReader() {}

    /**
     * What a list says.
     *
     * @param ranges to block, in the order of the list
     * @param lines in all
     * @param bad how many of them are in none of the formats
     * @param firstBad the number of the first of these, from 1; 0 when there is none
     */
    public record Content(List<AddressRange> ranges, int lines, int bad, int firstBad) {
        /** What to tell the user about lines that are not understood; empty when all are. */
        public Optional<String> complaint() {
            return bad == 0
                    ? Optional.empty()
                    : Optional.of(
                            bad + " of " + lines + " lines block nobody, for they are in no format that is known: "
                                    + (bad == 1 ? "" : "the first is ") + "line " + firstBad);
        }
    }

    /** Reads all of a list. Names in it may be in any encoding. */
    public static Content read(byte... list) {
        BlockListReader reader = new BlockListReader();
        new String(list, StandardCharsets.ISO_8859_1).lines().forEach(reader::line);
        return new Content(List.copyOf(reader.ranges), reader.lines, reader.bad, reader.firstBad);
    }

    private void line(String written) {
        lines++;
        String line = written.strip();
        if (line.isEmpty() || line.startsWith("#") || line.startsWith("//")) {
            return;
        }
        if (!isFilterLine(line) && !isRange(line) && !isRange(line.substring(line.lastIndexOf(':') + 1))) {
            bad++;
            firstBad = firstBad == 0 ? lines : firstBad;
        }
    }

    private boolean isRange(String text) {
        Optional<AddressRange> range = AddressRange.parse(text);
        range.ifPresent(ranges::add);
        return range.isPresent();
    }

    private boolean isFilterLine(String line) {
        int comma = line.indexOf(',');
        if (comma < 0) {
            return false;
        }
        Optional<AddressRange> range = AddressRange.parse(line.substring(0, comma));
        int end = line.indexOf(',', comma + 1);
        String level = line.substring(comma + 1, end < 0 ? line.length() : end).strip();
        if (range.isEmpty()
                || level.isEmpty()
                || level.length() > 3
                || !level.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return false;
        }
        if (Integer.parseInt(level) <= HIGHEST_BLOCKED_LEVEL) {
            ranges.add(range.get());
        }
        return true;
    }
}
