package ahti.metainfo;

import ahti.bencode.BencodeDict;
import ahti.bencode.DictBuilder;
import ahti.metainfo.FileEntry.Attribute;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** A file's {@code attr} (BEP 47): a letter for each attribute, unknown ones ignored. */
final class Attributes {
    private static final String KEY = "attr";
    private static final Map<Attribute, String> LETTERS = new EnumMap<>(Map.of(
            Attribute.PAD, "p",
            Attribute.EXECUTABLE, "x",
            Attribute.HIDDEN, "h",
            Attribute.SYMLINK, "l"));

    private Attributes() {}

    static Set<Attribute> of(BencodeDict file) {
        Set<Attribute> attributes = EnumSet.noneOf(Attribute.class);
        file.text(KEY)
                .ifPresent(letters -> LETTERS.forEach((attribute, letter) -> {
                    if (letters.contains(letter)) {
                        attributes.add(attribute);
                    }
                }));
        return attributes;
    }

    /** Says them of a file, if there are any. */
    static void put(DictBuilder file, Set<Attribute> attributes) {
        StringBuilder letters = new StringBuilder();
        LETTERS.forEach((attribute, letter) -> letters.append(attributes.contains(attribute) ? letter : ""));
        if (!letters.isEmpty()) {
            file.put(KEY, letters.toString());
        }
    }
}
