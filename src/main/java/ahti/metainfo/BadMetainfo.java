package ahti.metainfo;

/** Carries out of the readers why a torrent is refused; {@link MetainfoReader} turns it into data. No stack trace. */
final class BadMetainfo extends Exception {
    private static final long serialVersionUID = 1L;

    private final String describe;

    BadMetainfo(String describe) {
        super(describe, null, false, false);
        this.describe = describe;
    }

    String describe() {
        return describe;
    }
}
