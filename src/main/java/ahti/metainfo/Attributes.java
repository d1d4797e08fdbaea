package ahti.metainfo;

import ahti.bencode.BencodeDict;
import ahti.metainfo.FileEntry.Attribute;
import java.util.EnumSet;
import java.util.Set;

/** Reads a file's {@code attr} (BEP 47): a letter for each attribute, unknown ones ignored. */
final class Attributes {
    private Attributes() {}

    static Set<Attribute> of(BencodeDict file) {
        Set<Attribute> attributes = EnumSet.noneOf(Attribute.class);
        file.text("attr").ifPresent(letters -> {
            add(attributes, Attribute.PAD, letters, 'p');
            add(attributes, Attribute.EXECUTABLE, letters, 'x');
            add(attributes, Attribute.HIDDEN, letters, 'h');
            add(attributes, Attribute.SYMLINK, letters, 'l');
        });
        return attributes;
    }

    private static void add(Set<Attribute> attributes, Attribute attribute, String letters, char letter) {
        if (letters.indexOf(letter) >= 0) {
            attributes.add(attribute);
        }
    }
}
