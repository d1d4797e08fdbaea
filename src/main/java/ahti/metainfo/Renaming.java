package ahti.metainfo;

/**
 * A name of the torrent that was changed because it was not safe or not possible as a path.
 *
 * @param theirs what the torrent says, cleaned for the screen
 * @param ours what is used
 * @param reason why, in a few words
 */
public record Renaming(String theirs, String ours, String reason) {}
