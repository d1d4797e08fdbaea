package ahti.net;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/** URLs as they travel. */
public final class AsciiUrl {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private AsciiUrl() {}

    /**
     * The same URL with everything beyond ASCII percent-encoded; empty when that is none. {@link URI#toASCIIString} composes
     * characters before, of which one becomes a grave accent, and fails at halves of characters.
     */
    public static Optional<URI> of(URI url) {
        StringBuilder ascii = new StringBuilder();
        url.toString().codePoints().forEach(c -> {
            if (c < 0x80) {
                ascii.append((char) c);
            } else {
                for (byte octet : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
                    ascii.append('%').append(HEX.toHexDigits(octet));
                }
            }
        });
        try {
            return Optional.of(new URI(ascii.toString()));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
