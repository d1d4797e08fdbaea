package ahti.net.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;

/** Reads bodies, and stops at the first byte beyond their bound. */
final class Body {
    private static final int LONGEST_CHUNK_LINE = 1024;
    private static final int MOST_TRAILERS = 1000;

    private Body() {}

    /** The body that follows this head, as it was transferred. */
    static byte[] read(InputStream in, Head head, int most) throws IOException {
        if (head.hasNoBody()) {
            return new byte[0];
        }
        if (head.isChunked()) {
            if (!head.isOnlyChunked()) {
                throw Trouble.lasting("a body in an unknown transfer coding");
            }
            return chunks(in, most);
        }
        OptionalLong length = head.length();
        if (length.isEmpty()) {
            byte[] body = in.readNBytes(most);
            if (in.read() >= 0) {
                throw Trouble.tooLarge(most);
            }
            return body;
        }
        if (length.getAsLong() > most) {
            throw Trouble.tooLarge(most);
        }
        return exactly(in, (int) length.getAsLong());
    }

    /** Whether its end is known without the connection ending. */
    static boolean isDelimited(Head head) throws IOException {
        return head.hasNoBody() || head.isChunked() || head.length().isPresent();
    }

    /** The body behind its encoding. */
    static byte[] decoded(byte[] body, String encoding, int most) throws IOException {
        return switch (encoding) {
            case "identity", "" -> body;
            case "gzip", "x-gzip" -> Gzip.unpack(body, most);
            default -> throw Trouble.lasting("encoded as " + encoding);
        };
    }

    // size in hexadecimal [; extensions] CRLF, so many bytes CRLF; a size of 0 ends them; trailers; an empty line
    private static byte[] chunks(InputStream in, int most) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = size(in); size > 0; size = size(in)) {
            if (size > most - body.size()) {
                throw Trouble.tooLarge(most);
            }
            body.write(exactly(in, size));
            if (in.read() != '\r' || in.read() != '\n') {
                throw Trouble.passing("a chunk of another size than it says");
            }
        }
        for (int trailers = 0; !Head.line(in, LONGEST_CHUNK_LINE).isEmpty(); trailers++) {
            if (trailers == MOST_TRAILERS) {
                throw Trouble.lasting("more than " + MOST_TRAILERS + " trailers");
            }
        }
        return body.toByteArray();
    }

    private static int size(InputStream in) throws IOException {
        String line = Head.line(in, LONGEST_CHUNK_LINE);
        int end = line.indexOf(';');
        String digits = (end < 0 ? line : line.substring(0, end)).strip();
        if (!digits.matches("[0-9a-fA-F]{1,16}")) {
            throw Trouble.passing("a chunk of no size");
        }
        long size = Long.parseUnsignedLong(digits, 16);
        return size < 0 ? Integer.MAX_VALUE : (int) Math.min(size, Integer.MAX_VALUE);
    }

    private static byte[] exactly(InputStream in, int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw Trouble.passing("the connection ended within the body");
        }
        return bytes;
    }
}
