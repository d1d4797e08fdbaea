package ahti.testkit.record.payload;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.Seeds;
import ahti.core.Block;
import ahti.core.BlockRef;
import ahti.core.PieceLayout;
import ahti.testkit.record.event.Input;
import ahti.wire.FrameEncoder;
import ahti.wire.PeerMessage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;

class PackingTest {
    private static final PieceLayout LAYOUT = new PieceLayout(1_000_000, 50_000);

    /** Remembers data by block, and gives it back. */
    private static final class Memory implements BlockData {
        final Map<Long, ByteString> blocks = new LinkedHashMap<>();
        final Map<Long, Integer> begins = new LinkedHashMap<>();

        @Override
        public void left(long number, int piece, int offset, ByteString data, boolean last) {
            begins.putIfAbsent(number, offset);
            blocks.merge(number, data, ByteString::concat);
        }

        @Override
        public ByteString made(long number, int piece, int offset, int length) {
            int from = offset - begins.getOrDefault(number, 0);
            return blocks.getOrDefault(number, ByteString.emptyByteString()).slice(from, from + length);
        }
    }

    private static PeerMessage message(Random random) {
        byte[] data = new byte[1 + random.nextInt(BlockRef.MAX_LENGTH)];
        random.nextBytes(data);
        return switch (random.nextInt(5)) {
            case 0 -> PeerMessage.KeepAlive.INSTANCE;
            case 1 -> PeerMessage.Signal.UNCHOKE;
            case 2 -> new PeerMessage.Have(random.nextInt());
            default ->
                new PeerMessage.Piece(new Block(
                        new BlockRef(random.nextInt(22), random.nextInt(50_000), data.length),
                        ByteString.fromArray(data)));
        };
    }

    private static List<ByteString> reads(ByteString all, Random random) {
        List<ByteString> reads = new ArrayList<>();
        for (int at = 0; at < all.length(); ) {
            int end = Math.min(all.length(), at + 1 + random.nextInt(20_000));
            reads.add(all.slice(at, end));
            at = end;
        }
        return reads;
    }

    @Seeds(100)
    void givesBackEveryByteHoweverTheReadsAreCut(long seed) {
        Random random = new Random(seed);
        byte[] handshake = new byte[68];
        random.nextBytes(handshake);
        List<PeerMessage> messages = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            messages.add(message(random));
        }
        ByteString all = ByteString.fromArray(handshake).concat(FrameEncoder.encode(messages));
        Memory memory = new Memory();
        Packing packer = new Packing(LAYOUT, new Numbers(), memory);
        Packing unpacker = new Packing(LAYOUT, new Numbers(), memory);

        int packedBytes = 0;
        for (ByteString read : reads(all, random)) {
            Input.Received packed = (Input.Received) packer.pack(new Input.Received(3, read));
            packedBytes += packed.bytes().length();
            assertThat(unpacker.unpack(packed)).isEqualTo(new Input.Received(3, read));
        }
        int left = memory.blocks.values().stream().mapToInt(ByteString::length).sum();
        assertThat(packedBytes).isLessThanOrEqualTo(all.length() - left + 4 * all.length());
        assertThat(left).isPositive();
    }

    @Test
    void keepsWhatIsNoDataOfTheTorrent() {
        Memory memory = new Memory();
        Packing packing = new Packing(LAYOUT, new Numbers(), memory);
        ByteString beyond = FrameEncoder.encode(List.of(
                new PeerMessage.Piece(new Block(new BlockRef(20, 0, 100), ByteString.fromArray(new byte[100])))));
        ByteString all = ByteString.fromArray(new byte[68]).concat(beyond);

        Input.Received packed = (Input.Received) packing.pack(new Input.Received(1, all));

        assertThat(memory.blocks).isEmpty();
        assertThat(packed.bytes().drop(4)).isEqualTo(all);
    }
}
