package ahti.cli.command;

import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Completions for fish: one {@code complete} line per command and option. */
final class FishCompletion {

    private FishCompletion() {}

    /** The script for a command line and its subcommands. */
    static String of(CommandLine root) {
        StringBuilder script = new StringBuilder();
        for (Map.Entry<String, CommandLine> command : root.getSubcommands().entrySet()) {
            String header = String.join(
                    " ", command.getValue().getCommandSpec().usageMessage().header());
            script.append("complete -c ahti -n __fish_use_subcommand -a " + command.getKey() + " -d " + quoted(header)
                    + "\n");
            for (OptionSpec option : command.getValue().getCommandSpec().options()) {
                script.append("complete -c ahti -n '__fish_seen_subcommand_from " + command.getKey() + "'");
                for (String name : option.names()) {
                    script.append(name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1));
                }
                script.append(option.arity().min() > 0 ? " -r" : "");
                script.append(" -d " + quoted(String.join(" ", option.description())) + "\n");
            }
        }
        return script.toString();
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
