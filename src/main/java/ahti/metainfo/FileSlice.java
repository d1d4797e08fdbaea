package ahti.metainfo;

/**
 * A run of bytes inside one file.
 *
 * @param file index into {@link Metainfo#files()}; may be padding
 * @param fileOffset bytes from the start of the file
 * @param length bytes, at least 1
 */
public record FileSlice(int file, long fileOffset, long length) {}
