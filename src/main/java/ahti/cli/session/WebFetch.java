package ahti.cli.session;

import ahti.cli.env.CommandFailure;
import ahti.config.Configuration;
import ahti.engine.WebFile;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** Asks a web server for a .torrent file. */
public final class WebFetch {
    private WebFetch() {}

    /**
     * Asks and waits.
     *
     * @throws CommandFailure when the local address to ask from is none
     */
    public static WebFile.Reply run(Configuration configuration, URI uri) throws InterruptedException {
        List<WebFile.Reply> replies = new ArrayList<>(1);
        new Errand<>(WebFile.Reply.class, new WebFile.Failed("the request ended by itself"), any -> true)
                .run(configuration, (settings, replyTo) -> WebFile.create(settings, uri, replyTo), replies::add);
        return replies.get(0);
    }
}
