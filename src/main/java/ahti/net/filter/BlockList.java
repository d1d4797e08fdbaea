package ahti.net.filter;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Addresses that nobody is to talk to. Immutable; looked up by binary search, and compact: public lists have hundreds of
 * thousands of ranges.
 */
public final class BlockList {
    /** Blocks nobody. */
    public static final BlockList NONE = new BlockList(List.of());

    /** IPv4 ranges in order, none touching another: the first address in the upper half, the last in the lower. */
    private final long[] four;
    /** IPv6 ranges in order, none overlapping another. */
    private final List<AddressRange> six;

    /** Blocks all of these, in whatever order they come. */
    public BlockList(Collection<AddressRange> ranges) {
        this.four = merged(ranges.stream()
                .filter(range -> range.from().getAddress().length == Integer.BYTES)
                .mapToLong(range -> (bits(range.from()) << Integer.SIZE) | bits(range.to()))
                .toArray());
        this.six = disjoint(ranges.stream()
                .filter(range -> range.from().getAddress().length != Integer.BYTES)
                .sorted(Comparator.comparing(range -> range.from().getAddress(), Arrays::compareUnsigned))
                .toList());
    }

    private static long bits(InetAddress address) {
        return Integer.toUnsignedLong(ByteBuffer.wrap(address.getAddress()).getInt());
    }

    /** Signed order serves as well as any, so long as it is the same when looking up: the sign is turned around. */
    private static long[] merged(long... ranges) {
        long[] inOrder = ranges.clone();
        flip(inOrder);
        Arrays.sort(inOrder);
        flip(inOrder);
        int count = 0;
        for (long range : inOrder) {
            if (count > 0 && from(range) <= to(inOrder[count - 1]) + 1) {
                long last = Math.max(to(range), to(inOrder[count - 1]));
                inOrder[count - 1] = (from(inOrder[count - 1]) << Integer.SIZE) | last;
            } else {
                inOrder[count++] = range;
            }
        }
        return Arrays.copyOf(inOrder, count);
    }

    private static void flip(long... ranges) {
        for (int index = 0; index < ranges.length; index++) {
            ranges[index] ^= Long.MIN_VALUE;
        }
    }

    private static long from(long range) {
        return range >>> Integer.SIZE;
    }

    private static long to(long range) {
        return range & 0xffffffffL;
    }

    private static List<AddressRange> disjoint(List<AddressRange> inOrder) {
        List<AddressRange> disjoint = new ArrayList<>();
        for (AddressRange range : inOrder) {
            AddressRange last = disjoint.isEmpty() ? null : disjoint.get(disjoint.size() - 1);
            if (last == null || compare(range.from(), last.to()) > 0) {
                disjoint.add(range);
            } else if (compare(range.to(), last.to()) > 0) {
                disjoint.set(disjoint.size() - 1, new AddressRange(last.from(), range.to()));
            }
        }
        return List.copyOf(disjoint);
    }

    private static int compare(InetAddress one, InetAddress other) {
        return Arrays.compareUnsigned(one.getAddress(), other.getAddress());
    }

    /** Whether nobody is to talk to that one. */
    public boolean contains(InetAddress address) {
        return address.getAddress().length == Integer.BYTES ? hasFour(bits(address)) : hasSix(address);
    }

    private boolean hasFour(long address) {
        int low = 0;
        int high = four.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (from(four[middle]) <= address) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low > 0 && address <= to(four[low - 1]);
    }

    private boolean hasSix(InetAddress address) {
        int low = 0;
        int high = six.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (compare(six.get(middle).from(), address) <= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low > 0 && compare(address, six.get(low - 1).to()) <= 0;
    }

    /** Ranges that do not overlap. */
    public int size() {
        return four.length + six.size();
    }
}
