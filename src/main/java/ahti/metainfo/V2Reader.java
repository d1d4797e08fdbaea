package ahti.metainfo;

import ahti.bencode.BencodeBytes;
import ahti.core.Limits;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads what can be told of a torrent for v2 alone (BEP 52). */
final class V2Reader {
    private static final int SHORTEST_PIECE = 16 * 1024;

    private V2Reader() {}

    static void checkPieceLength(Section info, int pieceLength) throws BadMetainfo {
        if (pieceLength < SHORTEST_PIECE || Integer.bitCount(pieceLength) != 1) {
            throw info.bad("piece length", "is " + pieceLength + ", not a power of two from 16384");
        }
    }

    static V2Summary read(Section info, int pieceLength, OuterFields outer, Limits limits) throws BadMetainfo {
        checkPieceLength(info, pieceLength);
        BencodeBytes name = Names.name(info);
        FileTree tree = new FileTree(info, limits);
        SafeNames names = tree.isSingle(name)
                ? SafeNames.ofSingleFile()
                : SafeNames.below(name.text(), SafeNames.mostDirectories(limits));
        List<FileEntry> files = new ArrayList<>();
        long pieces = 0;
        for (Optional<FileTree.File> next = tree.next(); next.isPresent(); next = tree.next()) {
            FileTree.File file = next.get();
            List<String> path =
                    names.path(file.path().stream().map(BencodeBytes::text).toList());
            long ofFile = file.length() / pieceLength + (file.length() % pieceLength == 0 ? 0 : 1);
            if (pieces + ofFile > limits.pieces()) {
                throw info.bad("file tree", "makes more than " + limits.pieces() + " pieces");
            }
            files.add(new FileEntry(path, pieces * pieceLength, file.length(), file.attributes()));
            pieces += ofFile;
            if (names.isFull()) {
                throw info.bad("file tree", "needs more than " + SafeNames.mostDirectories(limits) + " directories");
            }
        }
        if (files.isEmpty()) {
            throw info.bad("file tree", "holds no file");
        }
        return new V2Summary(
                SafeName.of(name.text()).text(),
                InfoHashes.v2(info.dict()),
                pieceLength,
                (int) pieces,
                files,
                MetainfoReader.isPrivate(info),
                outer.trackers(),
                outer.webSeeds(),
                outer.comment(),
                outer.createdBy(),
                outer.createdAt(),
                OuterFields.text(info.dict(), "source"),
                names.renamings());
    }
}
