package ahti.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ahti.Seeds;
import ahti.core.Bitfield;
import ahti.core.Block;
import ahti.core.BlockRef;
import ahti.core.Hex;
import ahti.core.PieceSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrameCodecTest {
    private static final int PIECES = 1000;

    @Seeds(200)
    void readsBackWhatItWritesHoweverTheBytesAreCut(long seed) throws ProtocolException {
        Random random = new Random(seed);
        List<PeerMessage> messages = new ArrayList<>();
        for (int i = random.nextInt(12); i >= 0; i--) {
            messages.add(anyMessage(random));
        }

        ByteString bytes = FrameEncoder.encode(messages);
        FrameDecoder decoder = new FrameDecoder(FrameDecoder.maxLength(PIECES));
        List<PeerMessage> read = new ArrayList<>();
        for (int at = 0; at < bytes.length(); ) {
            int cut = Math.min(bytes.length(), at + 1 + random.nextInt(random.nextBoolean() ? 3 : 20_000));
            read.addAll(decoder.feed(bytes.slice(at, cut)));
            at = cut;
        }

        assertThat(read).isEqualTo(messages);
    }

    @Test
    void blocksAreSlicesOfWhatWasRead() throws ProtocolException {
        byte[] wire = FrameEncoder.encode(List.of(piece(3, 0, 16_384), piece(3, 16_384, 100)))
                .toArray();

        List<PeerMessage> read =
                new FrameDecoder(FrameDecoder.maxLength(PIECES)).feed(ByteString.fromArrayUnsafe(wire));
        PeerMessage.Piece first = (PeerMessage.Piece) read.get(0);
        wire[13] = 42;

        assertThat(first.block().data().apply(0)).isEqualTo((byte) 42);
    }

    @ParameterizedTest
    @CsvSource({
        "0001,             'message 0 has a body of 1 bytes'",
        "0400000001ff,     'message 4 has a body of 5 bytes'",
        "04000000,         'message 4 has a body of 3 bytes'",
        "0600000001,       'message 6 has a body of 4 bytes'",
        "070000000000000000, 'message 7 has a body of 8 bytes'",
        "06ffffffff0000000000000001, 'message 6 names the impossible block -1:0+1'",
        "0600000000ffffffff00000001, 'message 6 names the impossible block 0:-1+1'",
        "06000000000000000000000000, 'message 6 names the impossible block 0:0+0'",
        "06000000000000000000004001, 'message 6 names the impossible block 0:0+16385'",
        "06000000000000000080000000, 'message 6 names the impossible block 0:0+-2147483648'",
        "090001ff,         'message 9 has a body of 3 bytes'",
        "14,               'message 20 has a body of 0 bytes'",
        "0d000000,         'message 13 has a body of 3 bytes'",
        "0e00,             'message 14 has a body of 1 bytes'",
        "0f00,             'message 15 has a body of 1 bytes'",
        "1000000001,       'message 16 has a body of 4 bytes'",
        "110000000000,     'message 17 has a body of 5 bytes'",
        "08000000000000000000000000, 'message 8 names the impossible block 0:0+0'",
    })
    void namesTheRuleAPeerBroke(String frame, String rule) {
        byte[] body = Hex.parse(frame.strip());
        ByteString wire = ByteString.fromInts(0, 0, 0, body.length).concat(ByteString.fromArray(body));

        assertThatThrownBy(() -> new FrameDecoder(FrameDecoder.maxLength(PIECES)).feed(wire))
                .isInstanceOf(ProtocolException.class)
                .hasMessage(rule);
    }

    @ParameterizedTest
    @CsvSource({"7fffffff, 2147483647", "ffffffff, 4294967295", "00010001, 65537"})
    void refusesALengthBeyondTheLargestLegalMessageBeforeWaitingForIt(String length, long said) {
        ByteString wire = ByteString.fromArray(Hex.parse(length));

        assertThatThrownBy(() -> new FrameDecoder(FrameDecoder.maxLength(PIECES)).feed(wire))
                .hasMessage("a message of " + said + " bytes, longer than 65536 (ahti.peer.message)");
    }

    @Test
    void aLargeTorrentMayHaveALargeBitfield() throws ProtocolException {
        int pieces = 1_000_000;
        PieceSet set = new PieceSet(pieces);
        set.add(999_999);
        PeerMessage.BitfieldBytes message = PeerMessage.BitfieldBytes.of(set.toBitfield());

        List<PeerMessage> read =
                new FrameDecoder(FrameDecoder.maxLength(pieces)).feed(FrameEncoder.encode(List.of(message)));

        PeerMessage.BitfieldBytes back = (PeerMessage.BitfieldBytes) read.get(0);
        assertThat(Bitfield.fromWire(back.bytes().toArray(), pieces)).isEqualTo(set.toBitfield());
    }

    @Test
    void skipsMessagesOfExtensionsThatWeDidNotOffer() throws ProtocolException {
        ByteString wire = ByteString.fromInts(0, 0, 0, 3, 21, 0, 1).concat(ByteString.fromInts(0, 0, 0, 1, 2));

        assertThat(new FrameDecoder(FrameDecoder.maxLength(PIECES)).feed(wire))
                .containsExactly(new PeerMessage.Unknown((byte) 21, 2), PeerMessage.Signal.INTERESTED);
    }

    private static PeerMessage anyMessage(Random random) {
        return switch (random.nextInt(14)) {
            case 0 -> PeerMessage.KeepAlive.INSTANCE;
            case 1 -> List.of(PeerMessage.Signal.values()).get(random.nextInt(4));
            case 2 -> new PeerMessage.Have(random.nextInt(PIECES));
            case 3 -> new PeerMessage.BitfieldBytes(randomBytes(random, (PIECES + 7) / 8));
            case 4 -> new PeerMessage.Request(anyBlock(random));
            case 5 -> new PeerMessage.Cancel(anyBlock(random));
            case 6 -> new PeerMessage.Reject(anyBlock(random));
            case 10 -> new PeerMessage.Port(random.nextInt(1 << 16));
            case 11 -> new PeerMessage.Extended(random.nextInt(256), randomBytes(random, random.nextInt(100)));
            case 7 -> new PeerMessage.AllowedFast(random.nextInt(PIECES));
            case 8 -> new PeerMessage.Suggest(random.nextInt(PIECES));
            case 9 -> List.of(PeerMessage.Possession.values()).get(random.nextInt(2));
            default -> {
                BlockRef ref = anyBlock(random);
                yield new PeerMessage.Piece(new Block(ref, randomBytes(random, ref.length())));
            }
        };
    }

    private static BlockRef anyBlock(Random random) {
        return new BlockRef(random.nextInt(PIECES), random.nextInt(1 << 20), 1 + random.nextInt(BlockRef.MAX_LENGTH));
    }

    private static PeerMessage.Piece piece(int piece, int offset, int length) {
        return new PeerMessage.Piece(
                new Block(new BlockRef(piece, offset, length), ByteString.fromArray(new byte[length])));
    }

    private static ByteString randomBytes(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return ByteString.fromArray(bytes);
    }
}
