package ahti.cli.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class LogsTest {
    private static final String HOSTILE = "a\u001b[2Jb\nWARN forged\r\u009bc\u202ed";

    @TempDir
    Path scratch;

    @AfterEach
    void nothingIsLoggedAnyMore() {
        Logs.begin(0, Optional.empty(), line -> {});
    }

    @Test
    void aMessageIsOneLineAndSteersNoTerminalWhateverStrangersPutIntoIt() throws IOException {
        List<String> lines = new ArrayList<>();
        Path file = scratch.resolve("log");
        Logs.begin(1, Optional.of(file), lines::add);

        LoggerFactory.getLogger("ahti.x").info("tracker {} failed", HOSTILE, new IOException("because of " + HOSTILE));

        assertThat(lines).hasSize(1);
        assertThat(lines.get(0))
                .startsWith("INFO tracker a?[2Jb?WARN forged??c?d failed\njava.io.IOException: because");
        assertThat(Files.readString(file))
                .contains(" tracker a?[2Jb?WARN forged??c?d failed\njava.io.IOException: because");
        assertThat(lines.get(0) + Files.readString(file)).doesNotContain("\u001b", "\r", "\u009b", "\u202e");
    }
}
