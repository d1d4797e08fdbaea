package ahti.bencode;

/** Checked bytes, and where their lists and dictionaries end. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Message(byte[] bytes, Containers containers) {

    boolean isContainer(int position) {
        return bytes[position] == 'l' || bytes[position] == 'd';
    }
}
