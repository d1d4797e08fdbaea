package ahti.testkit.disk;

import ahti.core.Bitfield;
import ahti.core.PieceLayout;
import ahti.core.PieceSet;
import ahti.metainfo.FileEntry;
import ahti.metainfo.FileMap;
import ahti.metainfo.FileSlice;
import ahti.testkit.content.SimulatedTorrent;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The files of a torrent below a directory, seen as pieces. */
record TorrentOnDisk(SimulatedTorrent torrent, Path directory, FileTree tree) {

    /** Makes all files at their full length, with the bytes of these pieces. */
    void create(Function<Path, StoredFile> maker, Bitfield pieces) {
        List<FileEntry> files = torrent.metainfo().files();
        for (FileEntry entry : files) {
            if (!entry.isPad()) {
                Path path = Expectations.path(entry, directory);
                StoredFile file = maker.apply(path);
                file.now().grow(entry.length());
                tree.place(path, file);
            }
        }
        if (pieces.isFull()) {
            fill(0, torrent.content().length());
            return;
        }
        PieceLayout layout = torrent.metainfo().layout();
        for (int piece = 0; piece < layout.pieces(); piece++) {
            if (pieces.get(piece)) {
                fill(layout.offset(piece), layout.length(piece));
            }
        }
    }

    private void fill(long offset, long length) {
        for (FileSlice slice : new FileMap(torrent.metainfo()).slices(offset, length)) {
            StoredFile file = file(slice);
            if (file != null) {
                file.now().putContent(slice.fileOffset(), slice.fileOffset() + slice.length());
            }
        }
    }

    /** The pieces of which every byte is there and right, but for padding. */
    Bitfield pieces(Function<StoredFile, FileImage> image) {
        PieceLayout layout = torrent.metainfo().layout();
        FileMap map = new FileMap(torrent.metainfo());
        PieceSet there = new PieceSet(layout.pieces());
        for (int piece = 0; piece < layout.pieces(); piece++) {
            if (map.slices(layout.offset(piece), layout.length(piece)).stream()
                    .allMatch(slice -> isThere(slice, image))) {
                there.add(piece);
            }
        }
        return there.toBitfield();
    }

    private boolean isThere(FileSlice slice, Function<StoredFile, FileImage> image) {
        if (torrent.metainfo().files().get(slice.file()).isPad()) {
            return true;
        }
        StoredFile file = file(slice);
        return file != null && image.apply(file).isContent(slice.fileOffset(), slice.fileOffset() + slice.length());
    }

    private @Nullable StoredFile file(FileSlice slice) {
        FileEntry entry = torrent.metainfo().files().get(slice.file());
        return entry.isPad() ? null : tree.file(Expectations.path(entry, directory));
    }
}
