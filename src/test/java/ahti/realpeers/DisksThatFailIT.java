package ahti.realpeers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A real disk that fills up, is not mounted, and becomes read-only, while Ahti downloads onto it: {@link DisksThatFail}. */
class DisksThatFailIT {
    private static final Logger LOG = LoggerFactory.getLogger(DisksThatFailIT.class);

    @TempDir
    Path scratch;

    @Test
    @Timeout(600)
    void aDownloadRestsWhileItsDiskFailsAndGoesOnByItself() throws Exception {
        if (run("unshare", "-m", "mount", "-t", "tmpfs", "tmpfs", scratch.toString()) != 0) {
            String reason = "nothing can be mounted here: it takes root, and unshare of the package util-linux";
            LOG.warn("a test is skipped; {}", reason);
            Assumptions.abort(reason);
        }
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        int code = run(
                "unshare",
                "-m",
                java,
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                DisksThatFail.class.getName(),
                scratch.toString());

        assertThat(code).isZero();
    }

    private static int run(String... command) throws Exception {
        Process process = new ProcessBuilder(List.of(command)).inheritIO().start();
        try {
            assertThat(process.waitFor(500, TimeUnit.SECONDS)).isTrue();
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }
}
