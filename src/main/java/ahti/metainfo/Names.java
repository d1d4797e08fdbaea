package ahti.metainfo;

import ahti.bencode.BencodeBytes;
import ahti.bencode.BencodeList;
import ahti.bencode.BencodeValue;
import ahti.core.Limits;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The names a torrent gives to itself and its files, before they are made safe. Old programs wrote {@code name} and
 * {@code path} in whatever encoding they had and {@code name.utf-8}, {@code path.utf-8} beside it: those are preferred when
 * they are what they say.
 */
final class Names {
    /** No program writes a longer name; it would be cut to 255 bytes anyway. */
    static final int MOST_BYTES = 64 * 1024;

    private Names() {}

    static BencodeBytes name(Section info) throws BadMetainfo {
        Optional<BencodeBytes> utf8 = info.dict()
                .string("name.utf-8")
                .filter(name -> name.size() > 0 && name.size() <= MOST_BYTES)
                .filter(name -> name.validText().isPresent());
        BencodeBytes name = utf8.isPresent() ? utf8.get() : info.string("name");
        if (name.size() > MOST_BYTES) {
            throw info.bad("name", "has " + name.size() + " bytes");
        }
        return name;
    }

    static List<BencodeBytes> path(Section file, Limits limits) throws BadMetainfo {
        Optional<BencodeList> utf8 = file.dict().list("path.utf-8");
        if (utf8.isPresent()) {
            List<BencodeBytes> path = new ArrayList<>();
            if (strings(utf8.get(), path, limits)
                    && path.stream().allMatch(name -> name.validText().isPresent())) {
                return path;
            }
        }
        List<BencodeBytes> path = new ArrayList<>();
        if (!strings(file.list("path"), path, limits)) {
            throw file.bad(
                    "path",
                    path.isEmpty()
                            ? "is empty or holds what is not a string"
                            : path.size() > limits.pathDepth()
                                    ? "has more than " + limits.pathDepth() + " names"
                                    : "holds what is not a string or is too long");
        }
        return path;
    }

    /** Whether these are strings, at least one and not too many nor too long; adds those that are. */
    static boolean strings(BencodeList list, List<BencodeBytes> into, Limits limits) {
        for (BencodeValue item : list) {
            if (!(item instanceof BencodeBytes name) || name.size() > MOST_BYTES) {
                return false;
            }
            into.add(name);
            if (into.size() > limits.pathDepth()) {
                return false;
            }
        }
        return !into.isEmpty();
    }
}
