package ahti.disk;

import java.util.List;

/** Where the bytes of a torrent lie: which run of which file. A file is known by its slot, a small number. */
interface ByteMap {

    /** The slot of padding (BEP 47): zeros that lie in no file. */
    int ZEROS = -1;

    /** Bytes that lie next to each other: so many, from {@code offset} on, in the file of that slot; of zeros, anywhere. */
    record Run(int slot, long offset, int length) {}

    /**
     * The runs that make up so many bytes of the torrent, in order; as few as possible, none of them empty.
     *
     * @param offset from the torrent's first byte
     */
    List<Run> runs(long offset, int length);

    /** Where the file of a slot is; not for {@link #ZEROS}. */
    FilePlace place(int slot);
}
