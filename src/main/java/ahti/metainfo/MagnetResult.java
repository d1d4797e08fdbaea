package ahti.metainfo;

import ahti.core.InfoHash;

/** What {@link MagnetReader} found. */
public sealed interface MagnetResult {

    /** A link that can be used. */
    record Ok(Magnet magnet) implements MagnetResult {}

    /** A link for BitTorrent v2 alone, which is not supported yet. */
    record V2Only(InfoHash infoHash) implements MagnetResult {}

    /** No magnet link; the reason is one line, cleaned. */
    record Bad(String reason) implements MagnetResult {}
}
