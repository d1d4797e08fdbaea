package ahti.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Makes {@code ahti FILE} mean {@code ahti get FILE}, lets general options stand before the command, leaves the player of
 * {@code ahti play FILE -- PLAYER} out, and keeps
 * {@code --seed FILE} from taking FILE for its goal: that comes after an equals sign.
 */
final class Arguments {
    private static final Set<String> GENERAL = Set.of("-q", "--quiet", "-v", "-vv", "--json");
    private static final Set<String> GENERAL_WITH_VALUE = Set.of("--log", "--color", "--config", "--set", "--state");
    private static final Set<String> OF_THE_ROOT = Set.of("-h", "--help", "-V", "--version");

    private Arguments() {}

    /** The same arguments, the command first. */
    static List<String> arrange(List<String> args, Set<String> commands) {
        int first = 0;
        while (first < args.size() && isGeneral(args.get(first))) {
            first += GENERAL_WITH_VALUE.contains(args.get(first)) ? 2 : 1;
        }
        if (args.isEmpty() || (first < args.size() && OF_THE_ROOT.contains(args.get(first)))) {
            return args;
        }
        List<String> arranged = new ArrayList<>(args);
        arranged.replaceAll(argument -> argument.equals("--seed") ? "--seed=forever" : argument);
        if (first < args.size() && commands.contains(args.get(first))) {
            arranged.add(0, arranged.remove(first));
            // What follows belongs to the player, whatever it looks like.
            int player = arranged.get(0).equals("play") ? arranged.indexOf("--") : -1;
            return player < 0 ? arranged : arranged.subList(0, player);
        } else {
            arranged.add(0, "get");
        }
        return arranged;
    }

    private static boolean isGeneral(String argument) {
        int equals = argument.indexOf('=');
        return GENERAL.contains(argument)
                || GENERAL_WITH_VALUE.contains(equals < 0 ? argument : argument.substring(0, equals));
    }
}
