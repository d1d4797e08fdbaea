package ahti.metainfo;

import ahti.bencode.BencodeBytes;
import ahti.bencode.BencodeDict;
import ahti.bencode.BencodeInteger;
import ahti.bencode.BencodeList;
import ahti.bencode.BencodeValue;
import java.util.Optional;

/**
 * A dictionary of the torrent, and what to call it when something in it is wrong.
 *
 * @param dict its entries
 * @param name as {@code info} or {@code info.files}
 * @param index which of a list it is; -1 when it is not in a list
 */
record Section(BencodeDict dict, String name, int index) {
    Section(BencodeDict dict, String name) {
        this(dict, name, -1);
    }

    long integer(String key) throws BadMetainfo {
        return required(key, BencodeInteger.class, "an integer").value();
    }

    BencodeBytes string(String key) throws BadMetainfo {
        return required(key, BencodeBytes.class, "a string");
    }

    BencodeList list(String key) throws BadMetainfo {
        return required(key, BencodeList.class, "a list");
    }

    Section section(String key) throws BadMetainfo {
        return new Section(required(key, BencodeDict.class, "a dictionary"), label(key));
    }

    /** What to say of an entry: {@code info.piece length is 0, at byte 57}. */
    BadMetainfo bad(String key, String what) {
        int position = dict.get(key).map(BencodeValue::position).orElse(dict.position());
        return new BadMetainfo(label(key) + " " + what + ", at byte " + position);
    }

    private <T extends BencodeValue> T required(String key, Class<T> type, String kind) throws BadMetainfo {
        Optional<BencodeValue> value = dict.get(key);
        if (value.isEmpty()) {
            throw bad(key, "is missing");
        }
        if (!type.isInstance(value.get())) {
            throw bad(key, "is " + value.get().kind() + ", not " + kind);
        }
        return type.cast(value.get());
    }

    private String label(String key) {
        String prefix = index < 0 ? name : name + "[" + index + "]";
        return prefix.isEmpty() ? key : prefix + "." + key;
    }
}
