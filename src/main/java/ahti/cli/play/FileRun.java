package ahti.cli.play;

/**
 * A run of bytes of one file of a torrent.
 *
 * @param file index into the torrent's files
 * @param from the first byte
 * @param to the byte after the last
 */
public record FileRun(int file, long from, long to) {}
