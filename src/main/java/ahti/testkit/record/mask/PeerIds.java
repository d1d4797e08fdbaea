package ahti.testkit.record.mask;

import ahti.core.PeerId;
import ahti.wire.Handshake;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.pekko.util.ByteString;

/**
 * Other peer ids in the place of real ones, the same for the same. The first eight bytes stay: they name the client (BEP 20), which
 * a bug may depend on. The others are exchanged byte by byte, by tables that are kept nowhere, so a handshake may come in pieces.
 */
final class PeerIds {
    private static final int FIRST = Handshake.HEAD_LENGTH + PeerId.PREFIX.length();

    private final List<List<Byte>> tables = new ArrayList<>();
    /** Bytes that came on each line; counted until the handshake is over. */
    private final Map<Integer, Integer> seen = new LinkedHashMap<>();

    private Optional<ByteString> ours = Optional.empty();

    PeerIds(Random random) {
        for (int i = FIRST; i < Handshake.LENGTH; i++) {
            List<Byte> table = new ArrayList<>();
            for (int b = 0; b < 256; b++) {
                table.add((byte) b);
            }
            Collections.shuffle(table, random);
            tables.add(table);
        }
    }

    /** We send this: our own id stays, or nobody could see that we met ourselves. */
    void sent(ByteString bytes) {
        if (ours.isEmpty() && bytes.length() >= Handshake.LENGTH) {
            ours = Optional.of(bytes.slice(FIRST, Handshake.LENGTH).compact());
        }
    }

    ByteString received(int line, ByteString bytes) {
        int before = seen.getOrDefault(line, 0);
        if (before >= Handshake.LENGTH) {
            return bytes;
        }
        seen.put(line, (int) Math.min(Handshake.LENGTH, (long) before + bytes.length()));
        boolean ourselves = before == 0
                && bytes.length() >= Handshake.LENGTH
                && ours.filter(bytes.slice(FIRST, Handshake.LENGTH)::equals).isPresent();
        return ourselves ? bytes : exchanged(before, bytes);
    }

    private ByteString exchanged(int before, ByteString bytes) {
        int length = Math.min(bytes.length(), Handshake.LENGTH - before);
        byte[] head = Arrays.copyOf(bytes.take(length).toArray(), length);
        for (int i = Math.max(0, FIRST - before); i < length; i++) {
            head[i] = tables.get(before + i - FIRST).get(head[i] & 0xff);
        }
        return ByteString.fromArrayUnsafe(head).concat(bytes.drop(length));
    }

    void gone(int line) {
        seen.remove(line);
    }
}
