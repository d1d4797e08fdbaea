package ahti.engine;

import java.util.concurrent.CompletableFuture;

/** Somebody waits for a word of a torrent. */
interface Enquiry {
    TorrentRef torrent();

    CompletableFuture<?> promise();
}
