package ahti.cli.command;

import ahti.cli.env.Env;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;

/**
 * The subcommands by name. Only the one that is asked for is constructed, for each costs start-up time; the help and the
 * completion see all.
 */
public final class Commands {
    /** In the order in which the help lists them. */
    private static final List<String> ORDER = List.of(
            "get",
            "cat",
            "play",
            "seed",
            "create",
            "edit",
            "info",
            "verify",
            "dht",
            "scrape",
            "replay",
            "demo",
            "completion",
            "version",
            "help");

    /** All names. */
    public static final Set<String> NAMES = Set.copyOf(ORDER);

    private Commands() {}

    /** A command line that can run these arguments. */
    public static CommandLine line(Env env, List<String> args) {
        CommandLine root = new CommandLine(new RootCommand(env));
        root.getCommandSpec()
                .usageMessage()
                .exitCodeListHeading("%nExit codes:%n")
                .exitCodeList(RootCommand.exitCodes());
        String asked = args.isEmpty() ? "" : args.get(0);
        boolean one = NAMES.contains(asked) && !asked.equals("help") && !asked.equals("completion");
        for (String name : one ? List.of(asked) : ORDER) {
            root.addSubcommand(name, command(name, env));
        }
        return root;
    }

    private static Object command(String name, Env env) {
        return switch (name) {
            case "get" -> new GetCommand(env);
            case "cat" -> new CatCommand(env);
            case "play" -> new PlayCommand(env);
            case "seed" -> new SeedCommand(env);
            case "create" -> new CreateCommand(env);
            case "edit" -> new EditCommand(env);
            case "info" -> new InfoCommand(env);
            case "verify" -> new VerifyCommand(env);
            case "dht" -> DhtCommand.line(env);
            case "scrape" -> new ScrapeCommand(env);
            case "replay" -> new ReplayCommand(env);
            case "demo" -> new DemoCommand(env);
            case "completion" -> new CompletionCommand(env);
            case "version" -> new VersionCommand(env);
            default -> new CommandLine.HelpCommand();
        };
    }
}
