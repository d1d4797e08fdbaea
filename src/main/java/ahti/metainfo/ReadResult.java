package ahti.metainfo;

/** What came of reading a .torrent file. What is wrong with it is data: {@code describe} is one line, fit to show. */
public sealed interface ReadResult {

    /** A torrent that can be used. */
    record Ok(Metainfo metainfo) implements ReadResult {}

    /** Not bencode, or not within the limits of what is parsed; says at which byte. */
    record NotBencode(String describe) implements ReadResult {}

    /** Bencode, but no torrent, or one that contradicts itself or the limits; names the field. */
    record Bad(String describe) implements ReadResult {}

    /** A torrent for the second version of the protocol alone (BEP 52), which cannot be used yet. */
    record V2Only(V2Summary summary) implements ReadResult {}
}
