package ahti.cli.command;

import ahti.cli.env.Env;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine;

/**
 * The subcommands by name. Only the one that is asked for is constructed, for each costs start-up time; {@code help} and
 * {@code completion} see all.
 */
public final class Commands {
    /** In the order in which the help lists them. */
    private static final Map<String, Class<?>> TYPES = types();

    /** All names. */
    public static final Set<String> NAMES = Set.copyOf(TYPES.keySet());

    private Commands() {}

    /** A command line that can run these arguments. */
    public static CommandLine line(Env env, List<String> args) {
        CommandLine root = new CommandLine(new RootCommand(env));
        root.getCommandSpec()
                .usageMessage()
                .exitCodeListHeading("%nExit codes:%n")
                .exitCodeList(RootCommand.exitCodes());
        String asked = args.isEmpty() ? "" : args.get(0);
        if (!NAMES.contains(asked)) {
            CommandList.show(root, TYPES);
            return root;
        }
        boolean one = !asked.equals("help") && !asked.equals("completion");
        for (String name : one ? Set.of(asked) : TYPES.keySet()) {
            root.addSubcommand(name, command(name, env));
        }
        return root;
    }

    private static Map<String, Class<?>> types() {
        Map<String, Class<?>> types = new LinkedHashMap<>();
        types.put("get", GetCommand.class);
        types.put("cat", CatCommand.class);
        types.put("play", PlayCommand.class);
        types.put("seed", SeedCommand.class);
        types.put("create", CreateCommand.class);
        types.put("edit", EditCommand.class);
        types.put("info", InfoCommand.class);
        types.put("verify", VerifyCommand.class);
        types.put("dht", DhtCommand.class);
        types.put("scrape", ScrapeCommand.class);
        types.put("replay", ReplayCommand.class);
        types.put("demo", DemoCommand.class);
        types.put("completion", CompletionCommand.class);
        types.put("version", VersionCommand.class);
        types.put("help", CommandLine.HelpCommand.class);
        return Collections.unmodifiableMap(types);
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
