package ahti.cli.command;

import picocli.CommandLine.Option;

/** {@code --help} of a subcommand. */
final class HelpOption {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    boolean help;
}
