package ahti.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.cli.command.Commands;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CliTest {
    @TempDir
    Path cwd;

    @Test
    void helpListsEveryCommandOnStandardOutput() {
        World world = new World(cwd);

        assertThat(world.run("--help")).isZero();
        assertThat(world.out())
                .contains("Usage: ahti FILE.torrent")
                .containsPattern("(?m)^  +32 +verification failed$");
        Commands.NAMES.forEach(name -> assertThat(world.out()).containsPattern("(?m)^  " + name + " +\\S"));
        assertThat(world.err()).isEmpty();
    }

    @Test
    void helpIsTheSameWithAndWithoutItsCommands() {
        World quick = new World(cwd);
        World whole = new World(cwd);

        assertThat(quick.run("--help")).isZero();
        assertThat(whole.run("help")).isZero();

        assertThat(quick.out()).isEqualTo(whole.out());
    }

    @Test
    void everyCommandHasHelp() {
        for (String name : Commands.NAMES) {
            World world = new World(cwd);
            assertThat(world.run(name, "--help")).as(name).isZero();
            assertThat(world.out()).as(name).contains("Usage: ahti " + name);
            World asked = new World(cwd);
            assertThat(asked.run("help", name)).as(name).isZero();
            assertThat(asked.out()).as(name).isEqualTo(world.out());
        }
    }

    @Test
    void withoutArgumentsShowsHowToUseIt() {
        World world = new World(cwd);

        assertThat(world.run()).isEqualTo(28);
        assertThat(world.out()).isEmpty();
        assertThat(world.err()).contains("Usage: ahti FILE.torrent");
    }

    @Test
    void refusesOptionsThatDoNotExist() {
        World world = new World(cwd);

        assertThat(world.run("info", "--nonsense", "x")).isEqualTo(28);
        assertThat(world.out()).isEmpty();
        assertThat(world.err())
                .isEqualTo("ahti: Unknown option: '--nonsense'\n'ahti info --help' lists what there is\n");
    }

    @Test
    void aThousandArgumentsTooManyAreNotRepeated() {
        String[] args = new String[1001];
        Arrays.setAll(args, index -> index == 0 ? "info" : "file" + index);

        World world = new World(cwd);

        assertThat(world.run(args)).isEqualTo(28);
        assertThat(world.err()).startsWith("ahti: Unmatched argument").hasSizeLessThan(400);
    }

    @Test
    void saysWhichValueIsWrong() {
        World world = new World(cwd);

        assertThat(world.run("get", "--timeout", "soon", "a.torrent")).isEqualTo(28);
        assertThat(world.err())
                .contains("Invalid value for option '--timeout'")
                .contains("'soon' is not a time: write seconds, or such as 90s, 2m or 1h30m");
    }

    @Test
    void showsTheVersion() {
        World world = new World(cwd);

        assertThat(world.run("version", "--json")).isZero();
        assertThat(world.run("--version")).isZero();
        assertThat(world.out())
                .matches("\\{\"name\":\"ahti\",\"version\":\".+\",\"java\":\".+\"}\nahti .+ \\(Java .+\\)\n");
    }

    @Test
    void printsCompletionsForEveryShell() {
        World bash = new World(cwd);
        World fish = new World(cwd);

        assertThat(bash.run("completion", "bash")).isZero();
        assertThat(bash.out())
                .startsWith("#!/usr/bin/env bash")
                .contains("--sequential")
                .contains("complete ");
        assertThat(fish.run("completion", "fish")).isZero();
        assertThat(fish.out()).contains("complete -c ahti -n '__fish_seen_subcommand_from get' -l sequential -d ");
        assertThat(new World(cwd).run("completion", "tcsh")).isEqualTo(28);
    }
}
