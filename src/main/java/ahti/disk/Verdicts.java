package ahti.disk;

import ahti.core.Bitfield;
import ahti.core.PieceLayout;
import ahti.metainfo.FileEntry;
import ahti.metainfo.Metainfo;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What verifying found.
 *
 * @param good pieces that match their hash
 * @param missing pieces of which a file is missing or too short; what is in neither set is bad
 * @param damages where the files are not good, by file and offset
 */
public record Verdicts(Bitfield good, Bitfield missing, List<Damage> damages) {

    /**
     * A run of bytes of a file that belongs to pieces which are not good.
     *
     * @param file index into {@link Metainfo#files()}
     * @param from the first byte
     * @param to behind the last byte; {@code from} for a file of length 0 that is missing
     */
    public record Damage(int file, long from, long to) {}

    public Verdicts {
        damages = List.copyOf(damages);
    }

    /** Whether all is as the torrent says. */
    public boolean isAllGood() {
        return damages.isEmpty() && good.isFull();
    }

    static Verdicts of(Metainfo metainfo, FileLayout layout, Bitfield good, Bitfield missing, FileStore store)
            throws DiskException {
        List<Damage> damages = new ArrayList<>();
        PieceLayout pieces = metainfo.layout();
        for (int piece = 0; piece < pieces.pieces(); piece++) {
            if (!good.get(piece)) {
                for (ByteMap.Run run : layout.runs(pieces.offset(piece), pieces.length(piece))) {
                    add(damages, run);
                }
            }
        }
        addMissingEmptyFiles(metainfo, layout, store, damages);
        damages.sort(Comparator.comparingInt(Damage::file).thenComparingLong(Damage::from));
        return new Verdicts(good, missing, damages);
    }

    private static void add(List<Damage> damages, ByteMap.Run run) {
        if (run.slot() == ByteMap.ZEROS) {
            return;
        }
        int end = damages.size() - 1;
        Damage now = new Damage(run.slot(), run.offset(), run.offset() + run.length());
        if (end >= 0
                && damages.get(end).file() == now.file()
                && damages.get(end).to() == now.from()) {
            damages.set(end, new Damage(now.file(), damages.get(end).from(), now.to()));
        } else {
            damages.add(now);
        }
    }

    private static void addMissingEmptyFiles(
            Metainfo metainfo, FileLayout layout, FileStore store, List<Damage> damages) throws DiskException {
        for (int i = 0; i < metainfo.files().size(); i++) {
            FileEntry file = metainfo.files().get(i);
            if (file.length() == 0 && layout.isVisible(i) && !file.isLink()) {
                FilePlace place = layout.place(i);
                try {
                    if (store.look(place).isEmpty()) {
                        damages.add(new Damage(i, 0, 0));
                    }
                } catch (IOException e) {
                    throw new DiskException(Diagnosis.of(place.path(), e));
                }
            }
        }
    }
}
