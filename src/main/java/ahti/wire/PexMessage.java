package ahti.wire;

import ahti.bencode.BencodeBytes;
import ahti.bencode.BencodeDict;
import ahti.bencode.BencodeException;
import ahti.bencode.BencodeReader;
import ahti.bencode.DictBuilder;
import ahti.core.PeerContact;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.pekko.util.ByteString;

/**
 * A message of {@code ut_pex}: peers that the sender is connected to since its last message, and peers that it is not any more
 * (BEP 11). Both families are in both lists.
 */
public record PexMessage(List<PeerContact> added, List<InetSocketAddress> dropped) {
    /**
     * Entries of one list that are read, for each family; what goes beyond is left out. BEP 11 allows 50, and more in the first
     * message; libtorrent sends 100.
     */
    public static final int MOST_READ = 100;

    private static final int IPV4 = 4;
    private static final int IPV6 = 16;
    private static final int PORT = 2;
    private static final int UPLOAD_ONLY = 0x02;
    private static final int REACHABLE = 0x10;

    public PexMessage {
        added = List.copyOf(added);
        dropped = List.copyOf(dropped);
    }

    /** The body of an extended message; empty when it makes no sense. A last partial entry is ignored. */
    public static Optional<PexMessage> read(ByteString body) {
        try {
            BencodeDict dict = BencodeReader.readDict(body.toArray(), 4, 100);
            List<PeerContact> added = new ArrayList<>(contacts(dict, "added", IPV4));
            added.addAll(contacts(dict, "added6", IPV6));
            List<InetSocketAddress> dropped = new ArrayList<>(addresses(dict, "dropped", IPV4));
            dropped.addAll(addresses(dict, "dropped6", IPV6));
            return Optional.of(new PexMessage(added, dropped));
        } catch (BencodeException e) {
            return Optional.empty();
        }
    }

    private static List<PeerContact> contacts(BencodeDict dict, String key, int family) {
        byte[] flags = dict.bytes(key + ".f").orElse(new byte[0]);
        List<InetSocketAddress> addresses = addresses(dict, key, family);
        List<PeerContact> contacts = new ArrayList<>(addresses.size());
        for (int i = 0; i < addresses.size(); i++) {
            int flag = i < flags.length ? flags[i] : 0;
            contacts.add(new PeerContact(addresses.get(i), (flag & UPLOAD_ONLY) != 0, (flag & REACHABLE) != 0));
        }
        return contacts;
    }

    private static List<InetSocketAddress> addresses(BencodeDict dict, String key, int family) {
        byte[] packed = dict.string(key).map(BencodeBytes::toBytes).orElse(new byte[0]);
        List<InetSocketAddress> addresses = new ArrayList<>();
        int entry = family + PORT;
        for (int at = 0; at + entry <= packed.length && addresses.size() < MOST_READ; at += entry) {
            int port = (packed[at + family] & 0xff) << 8 | (packed[at + family + 1] & 0xff);
            addresses.add(new InetSocketAddress(address(Arrays.copyOfRange(packed, at, at + family)), port));
        }
        return addresses;
    }

    private static InetAddress address(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address of " + bytes.length + " bytes", e);
        }
    }

    /** The body that says this. */
    public ByteString toBody() {
        DictBuilder dict = new DictBuilder();
        putAdded(dict, "added", IPV4);
        putAdded(dict, "added6", IPV6);
        put(dict, "dropped", dropped, IPV4);
        put(dict, "dropped6", dropped, IPV6);
        return ByteString.fromArrayUnsafe(dict.encode());
    }

    private void putAdded(DictBuilder dict, String key, int family) {
        List<PeerContact> some = added.stream()
                .filter(contact -> isOf(family).test(contact.address()))
                .toList();
        byte[] flags = new byte[some.size()];
        for (int i = 0; i < flags.length; i++) {
            PeerContact contact = some.get(i);
            flags[i] = (byte) ((contact.uploadOnly() ? UPLOAD_ONLY : 0) | (contact.reachable() ? REACHABLE : 0));
        }
        put(dict, key, some.stream().map(PeerContact::address).toList(), family);
        if (flags.length > 0) {
            dict.put(key + ".f", flags);
        }
    }

    private static void put(DictBuilder dict, String key, List<InetSocketAddress> addresses, int family) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        addresses.stream().filter(isOf(family)).forEach(address -> {
            packed.writeBytes(address.getAddress().getAddress());
            packed.write(address.getPort() >> 8);
            packed.write(address.getPort());
        });
        if (packed.size() > 0) {
            dict.put(key, packed.toByteArray());
        }
    }

    private static Predicate<InetSocketAddress> isOf(int family) {
        return address -> address.getAddress().getAddress().length == family;
    }
}
