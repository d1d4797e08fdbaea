package ahti.testkit.disk;

import ahti.core.Bitfield;
import ahti.core.PieceLayout;
import ahti.core.PieceSet;
import ahti.metainfo.FileEntry;
import ahti.metainfo.FileMap;
import ahti.metainfo.FileSlice;
import ahti.testkit.content.SimulatedTorrent;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** The files of a torrent below a directory, seen as pieces. */
final class TorrentOnDisk {
    private final PieceLayout layout;
    private final FileMap map;
    /** By index; padding is left out. */
    private final Map<Integer, Path> paths = new TreeMap<>();

    private final SimulatedTorrent torrent;

    TorrentOnDisk(SimulatedTorrent torrent, Path directory) {
        this.torrent = torrent;
        this.layout = torrent.metainfo().layout();
        this.map = new FileMap(torrent.metainfo());
        for (int i = 0; i < torrent.metainfo().files().size(); i++) {
            FileEntry file = torrent.metainfo().files().get(i);
            if (!file.isPad()) {
                paths.put(i, Expectations.path(file, directory));
            }
        }
    }

    /** Files of full length with these pieces, and holes for the others. */
    Map<Path, FileImage> images(Bitfield pieces, Function<Path, FileImage> empty) {
        Map<Integer, FileImage> images = new TreeMap<>();
        paths.forEach((file, path) -> {
            FileImage image = empty.apply(path);
            image.grow(torrent.metainfo().files().get(file).length());
            images.put(file, image);
        });
        if (pieces.isFull()) {
            fill(0, layout.totalLength(), images);
        } else {
            for (int piece = 0; piece < layout.pieces(); piece++) {
                if (pieces.get(piece)) {
                    fill(layout.offset(piece), layout.length(piece), images);
                }
            }
        }
        Map<Path, FileImage> byPath = new TreeMap<>();
        images.forEach((file, image) -> byPath.put(paths.get(file), image));
        return byPath;
    }

    private void fill(long offset, long length, Map<Integer, FileImage> images) {
        for (FileSlice slice : map.slices(offset, length)) {
            FileImage image = images.get(slice.file());
            if (image != null) {
                image.putContent(slice.fileOffset(), slice.fileOffset() + slice.length());
            }
        }
    }

    /** The pieces of which every byte is there and right, but for padding. */
    Bitfield pieces(Function<Path, Optional<FileImage>> there) {
        Map<Integer, FileImage> images = new TreeMap<>();
        paths.forEach((file, path) -> there.apply(path).ifPresent(image -> images.put(file, image)));
        PieceSet right = new PieceSet(layout.pieces());
        for (int piece = 0; piece < layout.pieces(); piece++) {
            if (map.slices(layout.offset(piece), layout.length(piece)).stream()
                    .allMatch(slice -> isRight(slice, images))) {
                right.add(piece);
            }
        }
        return right.toBitfield();
    }

    private boolean isRight(FileSlice slice, Map<Integer, FileImage> images) {
        FileImage image = images.get(slice.file());
        return image == null
                ? !paths.containsKey(slice.file())
                : image.isContent(slice.fileOffset(), slice.fileOffset() + slice.length());
    }
}
