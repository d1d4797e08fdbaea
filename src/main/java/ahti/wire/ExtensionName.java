package ahti.wire;

import java.util.Optional;
import java.util.stream.Stream;

/** The extensions of BEP 10 that we speak, by the names that everybody gives them, with the numbers that we give them. */
public enum ExtensionName {
    /** The info dictionary, from peers (BEP 9). */
    METADATA("ut_metadata", 1),
    /** Addresses of other peers (BEP 11). */
    PEERS("ut_pex", 2),
    /** A piece is gone (BEP 54). */
    DONT_HAVE("lt_donthave", 3),
    /** Whether a peer downloads nothing, when that changes (BEP 21; as libtorrent and BiglyBT do it). */
    UPLOAD_ONLY("upload_only", 4);

    private final String text;
    private final int number;

    ExtensionName(String text, int number) {
        this.text = text;
        this.number = number;
    }

    /** Its name in a handshake. */
    public String text() {
        return text;
    }

    /** The number that messages of it to us bear. */
    public int number() {
        return number;
    }

    /** Which one a message to us belongs to. */
    public static Optional<ExtensionName> of(int number) {
        return Stream.of(values()).filter(name -> name.number == number).findFirst();
    }
}
