package ahti.metainfo;

import ahti.bencode.BencodeBytes;
import ahti.bencode.BencodeDict;
import ahti.bencode.BencodeValue;
import ahti.core.Limits;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** The two faces of a hybrid torrent (BEP 52) must show the same files: one that shows two contents is refused. */
final class Hybrid {
    private final Section info;
    private final int pieceLength;
    private final Limits limits;

    Hybrid(Section info, int pieceLength, Limits limits) {
        this.info = info;
        this.pieceLength = pieceLength;
        this.limits = limits;
    }

    /** Compares names, order, lengths and alignment. The hashes of v2 are looked at when v2 is used. */
    void check(List<FileEntry> files) throws BadMetainfo {
        V2Reader.checkPieceLength(info, pieceLength);
        FileTree tree = new FileTree(info, limits);
        if (info.dict().has("length")) {
            checkFile(info, List.of(Names.name(info)), files.get(0), tree.next());
        } else {
            Iterator<BencodeValue> dicts = info.list("files").iterator();
            for (int i = 0; i < files.size(); i++) {
                Section dict = new Section((BencodeDict) dicts.next(), "info.files", i);
                if (!files.get(i).isPad()) {
                    checkFile(dict, Names.path(dict, limits), files.get(i), tree.next());
                }
            }
        }
        if (tree.next().isPresent()) {
            throw info.bad("file tree", "has more files than the v1 part");
        }
    }

    private void checkFile(Section dict, List<BencodeBytes> path, FileEntry file, Optional<FileTree.File> twin)
            throws BadMetainfo {
        if (twin.isEmpty()) {
            throw info.bad("file tree", "has fewer files than the v1 part");
        }
        if (!samePath(path, twin.get().path())) {
            throw dict.bad("path", "is not what info.file tree says");
        }
        if (file.length() != twin.get().length()) {
            throw dict.bad("length", "is not what info.file tree says");
        }
        if (file.length() > 0 && file.offset() % pieceLength != 0) {
            throw dict.bad("length", "is of a file that does not begin a piece, as in a hybrid it must");
        }
    }

    private static boolean samePath(List<BencodeBytes> one, List<BencodeBytes> other) {
        if (one.size() != other.size()) {
            return false;
        }
        for (int i = 0; i < one.size(); i++) {
            if (one.get(i).compareTo(other.get(i)) != 0) {
                return false;
            }
        }
        return true;
    }
}
