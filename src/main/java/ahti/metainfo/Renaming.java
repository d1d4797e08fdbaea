package ahti.metainfo;

/**
 * A name of the torrent that was changed because it was not safe or not possible as a path.
 *
 * @param theirs what the torrent says, its path joined by {@code /}, cleaned for the screen and cut
 * @param ours what is used, likewise joined
 * @param reason why, in a few words
 */
public record Renaming(String theirs, String ours, String reason) {}
