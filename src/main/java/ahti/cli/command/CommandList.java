package ahti.cli.command;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * The commands in the help of {@code ahti}, each with its header. Made from the annotations of their classes alone: to
 * construct all commands would cost more than everything else that {@code ahti --help} does.
 */
final class CommandList {
    /** The width of the help, as picocli has it. */
    private static final int WIDTH = 80;

    private static final int MARGIN = 2;

    private CommandList() {}

    /** Shows these commands, by name, in the help of a command line that does not have them. */
    static void show(CommandLine root, Map<String, Class<?>> commands) {
        Map<String, CommandLine.IHelpSectionRenderer> sections = new LinkedHashMap<>(root.getHelpSectionMap());
        sections.put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING, help -> help.createHeading("%nCommands:%n"));
        sections.put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, help -> table(help, commands));
        root.setHelpSectionMap(sections);
    }

    private static String table(Help help, Map<String, Class<?>> commands) {
        int longest = commands.keySet().stream().mapToInt(String::length).max().orElse(0);
        int names = longest + MARGIN;
        Help.TextTable table = Help.TextTable.forColumns(
                help.colorScheme(),
                new Help.Column(names, MARGIN, Help.Column.Overflow.SPAN),
                new Help.Column(WIDTH - names, MARGIN, Help.Column.Overflow.WRAP));
        commands.forEach((name, type) -> table.addRowValues(name, header(type)));
        return table.toString();
    }

    private static String header(Class<?> type) {
        Command command = type.getAnnotation(Command.class);
        return command == null ? "" : String.join(" ", command.header());
    }
}
