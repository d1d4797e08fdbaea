package ahti.testkit.record.mask;

import ahti.testkit.record.event.Entry;
import ahti.testkit.record.event.Header;

/** Replaces names in what is written down, the same name always by the same. */
public interface Mask {

    /** Nothing is replaced. */
    Mask NONE = new Mask() {
        @Override
        public Entry entry(Entry entry) {
            return entry;
        }

        @Override
        public Header header(Header header) {
            return header;
        }
    };

    /** An entry, before it is packed; shown in their order, from the first on. */
    Entry entry(Entry entry);

    /** What the engine began with. */
    Header header(Header header);
}
