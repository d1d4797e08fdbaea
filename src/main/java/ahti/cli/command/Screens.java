package ahti.cli.command;

import ahti.cli.env.Env;
import ahti.cli.options.ColorChoice;
import ahti.cli.screen.Paint;
import java.util.Locale;
import java.util.stream.Stream;

/** What the user's terminal can show. */
final class Screens {

    private Screens() {}

    /** Whether standard error is a terminal that can be drawn on: {@code TERM=dumb} says that this one cannot. */
    static boolean canDraw(Env env) {
        return env.machine().terminal().stderrIsTerminal()
                && !env.variable("TERM").orElse("").equals("dumb");
    }

    /** Colours as wanted; block characters where the locale is Unicode. */
    static Paint paint(Env env, ColorChoice color, boolean terminal) {
        String locale = Stream.of("LC_ALL", "LC_CTYPE", "LANG")
                .flatMap(name -> env.variable(name).stream())
                .findFirst()
                .orElse("")
                .toUpperCase(Locale.ROOT);
        return new Paint(color.wants(env.environment(), terminal), locale.contains("UTF-8") || locale.contains("UTF8"));
    }
}
