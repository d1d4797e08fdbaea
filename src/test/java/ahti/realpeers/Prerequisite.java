package ahti.realpeers;

import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A program that a test cannot do without.
 *
 * @param debianPackage that it comes in
 * @param probe a command that succeeds where it is installed
 */
record Prerequisite(String debianPackage, List<String> probe) {
    private static final Logger LOG = LoggerFactory.getLogger(Prerequisite.class);

    Prerequisite(String debianPackage, String... probe) {
        this(debianPackage, List.of(probe));
    }

    /** Skips the test where the program is missing, and says so; with {@code CI=true} that is a failure. */
    void require() {
        if (installed()) {
            return;
        }
        String reason = "missing: " + probe.get(0) + " (apt-get install " + debianPackage + ")";
        if ("true".equals(System.getenv("CI"))) {
            fail(reason);
        }
        LOG.warn("a test is skipped; {}", reason);
        Assumptions.abort(reason);
    }

    private boolean installed() {
        try {
            Process process = new ProcessBuilder(probe)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            boolean over = process.waitFor(20, TimeUnit.SECONDS);
            process.destroyForcibly();
            return over && process.exitValue() == 0;
        } catch (IOException notThere) {
            return false;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
