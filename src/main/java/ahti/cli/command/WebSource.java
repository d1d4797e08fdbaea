package ahti.cli.command;

import ahti.cli.env.CommandFailure;
import ahti.cli.env.ExitCode;
import ahti.cli.session.WebFetch;
import ahti.config.Configuration;
import ahti.engine.WebFile;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/** A .torrent file on a web server: a SOURCE that begins with http:// or https://. */
final class WebSource {
    private WebSource() {}

    static boolean isUrl(String source) {
        String lower = source.toLowerCase(Locale.ROOT);
        return lower.startsWith("http://") || lower.startsWith("https://");
    }

    /** What the web server has there. */
    static byte[] fetch(Configuration configuration, String url) throws InterruptedException {
        WebFile.Reply reply = WebFetch.run(configuration, uri(url));
        if (reply instanceof WebFile.Fetched fetched) {
            return fetched.content().toArray();
        }
        if (reply instanceof WebFile.Failed failed) {
            throw new CommandFailure(
                    failed.isOfItsName() ? ExitCode.NAME : ExitCode.NETWORK, url + ": " + failed.reason());
        }
        throw new CommandFailure(ExitCode.NOT_FOUND, url + ": the web server has no such file");
    }

    private static URI uri(String url) {
        try {
            return new URI(url);
        } catch (URISyntaxException e) {
            throw new CommandFailure(ExitCode.BAD_OPTION, "'" + url + "' is no URL: " + e.getReason());
        }
    }
}
