package ahti.metainfo;

import ahti.bencode.BencodeBytes;
import ahti.bencode.BencodeDict;
import ahti.bencode.BencodeList;
import ahti.bencode.BencodeValue;
import ahti.core.Limits;
import ahti.metainfo.FileEntry.Attribute;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The files of a v1 info dictionary.
 *
 * @param files in order, paths made safe
 * @param totalLength bytes of all, padding included
 * @param renamings what was changed
 */
record FileList(List<FileEntry> files, long totalLength, List<Renaming> renamings) {

    static FileList read(Section info, String name, Limits limits) throws BadMetainfo {
        boolean single = info.dict().has("length");
        if (single && info.dict().has("files")) {
            throw info.bad("files", "stands beside info.length");
        }
        if (!single && !info.dict().has("files")) {
            throw info.bad("length", "is missing, and so is info.files");
        }
        return single ? readSingle(info, name) : readFiles(info, name, limits);
    }

    private static FileList readSingle(Section info, String name) throws BadMetainfo {
        long length = length(info);
        SafeNames names = SafeNames.ofSingleFile();
        // A torrent of nothing but padding makes no sense: the one file is a file.
        Set<Attribute> attributes = Attributes.of(info.dict());
        attributes.remove(Attribute.PAD);
        FileEntry file = new FileEntry(names.path(List.of(name)), 0, length, attributes, List.of(name));
        return new FileList(List.of(file), length, names.renamings());
    }

    private static FileList readFiles(Section info, String name, Limits limits) throws BadMetainfo {
        BencodeList list = info.list("files");
        SafeNames names = SafeNames.below(name, SafeNames.mostDirectories(limits));
        FileTable.Builder files = new FileTable.Builder();
        long offset = 0;
        for (BencodeValue item : list) {
            if (!(item instanceof BencodeDict dict)) {
                throw info.bad("files", "holds " + item.kind() + ", not a dictionary");
            }
            if (files.size() == limits.files()) {
                throw info.bad("files", "holds more than " + limits.files() + " files");
            }
            FileEntry file = file(new Section(dict, "info.files", files.size()), offset, name, names, limits);
            files.add(file);
            offset = file.end();
            if (names.isFull()) {
                throw info.bad("files", "needs more than " + SafeNames.mostDirectories(limits) + " directories");
            }
        }
        if (files.size() == 0) {
            throw info.bad("files", "is empty");
        }
        return new FileList(files.build(), offset, names.renamings());
    }

    private static FileEntry file(Section file, long offset, String root, SafeNames names, Limits limits)
            throws BadMetainfo {
        Set<Attribute> attributes = Attributes.of(file.dict());
        long length = attributes.contains(Attribute.SYMLINK) && !file.dict().has("length") ? 0 : length(file);
        if (offset + length < 0) {
            throw file.bad("length", "brings the total beyond 64 bits");
        }
        if (attributes.contains(Attribute.PAD)) {
            return new FileEntry(names.pad(length), offset, length, attributes);
        }
        List<String> theirs =
                Names.path(file, limits).stream().map(BencodeBytes::text).toList();
        List<String> published = Stream.concat(Stream.of(root), theirs.stream()).toList();
        List<String> ours = names.path(theirs);
        int bytes = SafeNames.bytes(ours);
        if (bytes > SafeNames.MOST_BYTES) {
            throw file.bad("path", "has " + bytes + " bytes; " + SafeNames.MOST_BYTES + " are allowed");
        }
        return new FileEntry(ours, offset, length, attributes, published, target(file, root, limits));
    }

    /** Where a link points to; nowhere when it does not say, or says nonsense. */
    private static List<String> target(Section file, String root, Limits limits) {
        List<BencodeBytes> names = new ArrayList<>();
        return file.dict()
                .list("symlink path")
                .filter(list -> Names.strings(list, names, limits))
                .map(list -> Stream.concat(Stream.of(root), names.stream().map(BencodeBytes::text))
                        .toList())
                .orElse(List.of());
    }

    private static long length(Section of) throws BadMetainfo {
        long length = of.integer("length");
        if (length < 0) {
            throw of.bad("length", "is " + length);
        }
        return length;
    }
}
