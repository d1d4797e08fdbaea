package ahti.net.filter;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;

/**
 * Addresses from one to another, both included, of one family.
 *
 * @param from not above {@code to}
 */
public record AddressRange(InetAddress from, InetAddress to) {
    private static final int OCTETS = 4;
    /** How addresses of IPv6 begin that stand for such of IPv4 (RFC 4291). */
    private static final byte[] MAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1};

    public AddressRange {
        byte[] first = from.getAddress();
        byte[] last = to.getAddress();
        if (first.length != last.length || Arrays.compareUnsigned(first, last) > 0) {
            throw new IllegalArgumentException("no range: " + from.getHostAddress() + "-" + to.getHostAddress());
        }
    }

    /**
     * Reads {@code 10.0.0.0/8}, {@code 10.0.0.1-10.0.0.9}, {@code 10.0.0.1}, and the same of IPv6. Octets may have leading
     * zeros, as lists write them, and are decimal all the same. Names are not looked up. Empty when it is none of these.
     */
    public static Optional<AddressRange> parse(String text) {
        int slash = text.indexOf('/');
        int dash = text.indexOf('-');
        if (slash >= 0) {
            return address(text.substring(0, slash)).flatMap(base -> network(base, text.substring(slash + 1)));
        }
        Optional<byte[]> from = address(dash < 0 ? text : text.substring(0, dash));
        Optional<byte[]> to = dash < 0 ? from : address(text.substring(dash + 1));
        return from.flatMap(first -> to.filter(last -> isRange(first, last)).map(last -> between(first, last)));
    }

    private static boolean isRange(byte[] first, byte[] last) {
        return first.length == last.length && Arrays.compareUnsigned(first, last) <= 0;
    }

    private static Optional<AddressRange> network(byte[] low, String prefix) {
        int fixed = number(prefix.strip(), low.length * Byte.SIZE);
        if (fixed < 0) {
            return Optional.empty();
        }
        byte[] high = low.clone();
        for (int bit = fixed; bit < low.length * Byte.SIZE; bit++) {
            int mask = 0x80 >> (bit % Byte.SIZE);
            low[bit / Byte.SIZE] &= (byte) ~mask;
            high[bit / Byte.SIZE] |= (byte) mask;
        }
        return Optional.of(between(low, high));
    }

    /** What stands for addresses of IPv4 is of IPv4; a range that only begins or ends there is not. */
    private static AddressRange between(byte[] low, byte[] high) {
        return isMapped(low) && isMapped(high)
                ? new AddressRange(of(tail(low)), of(tail(high)))
                : new AddressRange(of(low), of(high));
    }

    private static boolean isMapped(byte[] address) {
        return address.length > OCTETS && Arrays.equals(address, 0, MAPPED.length, MAPPED, 0, MAPPED.length);
    }

    private static byte[] tail(byte[] mapped) {
        return Arrays.copyOfRange(mapped, MAPPED.length, mapped.length);
    }

    /** Four bytes, or sixteen when it is written with a colon. */
    private static Optional<byte[]> address(String written) {
        String text = written.strip();
        return text.indexOf(':') >= 0 ? six(text) : four(text);
    }

    private static Optional<byte[]> four(String text) {
        String[] octets = text.split("\\.", -1);
        byte[] bytes = new byte[OCTETS];
        if (octets.length != OCTETS) {
            return Optional.empty();
        }
        for (int index = 0; index < OCTETS; index++) {
            int octet = number(octets[index], 255);
            if (octet < 0) {
                return Optional.empty();
            }
            bytes[index] = (byte) octet;
        }
        return Optional.of(bytes);
    }

    /** A text with a colon is never looked up as a name, unless it begins with a dot. */
    private static Optional<byte[]> six(String text) {
        if (text.startsWith(".")
                || !text.chars().allMatch(c -> c == ':' || c == '.' || (c < 0x80 && Character.digit(c, 16) >= 0))) {
            return Optional.empty();
        }
        try {
            byte[] bytes = InetAddress.getByName(text).getAddress();
            return Optional.of(bytes.length == OCTETS ? mapped(bytes) : bytes);
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    /** -1 when it is no number up to {@code most}. */
    private static int number(String digits, int most) {
        if (digits.isEmpty() || digits.length() > 3) {
            return -1;
        }
        int value = 0;
        for (int index = 0; index < digits.length(); index++) {
            char digit = digits.charAt(index);
            if (digit < '0' || digit > '9') {
                return -1;
            }
            value = value * 10 + digit - '0';
        }
        return value <= most ? value : -1;
    }

    private static byte[] mapped(byte[] four) {
        byte[] bytes = Arrays.copyOf(MAPPED, MAPPED.length + OCTETS);
        System.arraycopy(four, 0, bytes, MAPPED.length, OCTETS);
        return bytes;
    }

    /** Sixteen bytes stay an address of IPv6, those that stand for one of IPv4, too: {@code ::/80} ends with such a one. */
    private static InetAddress of(byte... bytes) {
        try {
            return bytes.length == OCTETS ? InetAddress.getByAddress(bytes) : Inet6Address.getByAddress("", bytes, -1);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("no address of " + bytes.length + " bytes", e);
        }
    }
}
