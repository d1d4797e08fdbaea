package ahti.wire;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.fuzz.FuzzTarget;
import ahti.fuzz.FuzzTargets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.util.ByteString;

/**
 * A stream of frames: what is read does not depend on how the stream was cut, and is written again as it was. The first byte
 * of an input says how to cut.
 */
public final class FramesTarget implements FuzzTarget {
    private static final int PIECES = 1_000;

    @Override
    public String name() {
        return "frames";
    }

    /** What a decoder made of a stream. */
    private record Read(List<PeerMessage> messages, Optional<String> refusal) {}

    @Override
    public void check(byte[] input) {
        if (input.length == 0) {
            return;
        }
        ByteString stream = ByteString.fromArray(input).drop(1);
        Read whole = read(stream, stream.length());
        Read bytewise = read(stream, 1);
        Read cut = read(stream, 1 + (input[0] & 0xff));
        assertThat(cut.refusal()).isEqualTo(bytewise.refusal());
        assertThat(whole.refusal()).isEqualTo(bytewise.refusal());
        if (whole.refusal().isPresent()) {
            FuzzTargets.assertFitToShow(whole.refusal().get());
            // What stands before the broken rule in the same run is lost with it.
            int kept = cut.messages().size();
            assertThat(cut.messages()).isEqualTo(bytewise.messages().subList(0, kept));
            return;
        }
        assertThat(cut).isEqualTo(bytewise);
        assertThat(whole).isEqualTo(bytewise);
        boolean isWritable = whole.messages().stream().noneMatch(PeerMessage.Unknown.class::isInstance);
        if (isWritable) {
            ByteString written = FrameEncoder.encode(whole.messages());
            assertThat(written).isEqualTo(stream.take(written.length()));
        }
    }

    private static Read read(ByteString stream, int run) {
        FrameDecoder decoder = new FrameDecoder(FrameDecoder.maxLength(PIECES));
        List<PeerMessage> messages = new ArrayList<>();
        try {
            for (int at = 0; at < stream.length(); at += run) {
                messages.addAll(decoder.feed(stream.slice(at, Math.min(stream.length(), at + run))));
            }
            return new Read(messages, Optional.empty());
        } catch (ProtocolException refused) {
            return new Read(messages, Optional.of(refused.violation().describe()));
        }
    }
}
