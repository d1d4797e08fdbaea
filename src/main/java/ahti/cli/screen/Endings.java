package ahti.cli.screen;

import java.util.ArrayList;
import java.util.List;

/** The last lines for people. */
final class Endings {

    private Endings() {}

    /** The same of one of several torrents: whatever is said names it. */
    static List<String> ofOne(Closing closing, Paint paint) {
        return closing.complete() || closing.sentence().isEmpty()
                ? of(closing, paint)
                : List.of(paint.cross() + " " + Phrases.name(closing.name()) + ": " + closing.sentence());
    }

    /** Success in one line; otherwise why, and what is kept. */
    static List<String> of(Closing closing, Paint paint) {
        List<String> lines = new ArrayList<>();
        if (closing.complete() && closing.bytes() < closing.wanted()) {
            lines.add(paint.cross() + " " + Phrases.name(closing.name()) + "  " + Phrases.partial(closing));
        } else if (closing.complete()) {
            lines.add(paint.tick() + " " + Phrases.name(closing.name()) + "  " + Phrases.success(closing));
        }
        if (!closing.sentence().isEmpty()) {
            lines.add(closing.complete() ? closing.sentence() : paint.cross() + " " + closing.sentence());
        }
        return lines;
    }
}
