package ahti.torrent;

import ahti.config.WebSeedConfig;
import ahti.core.ConnectionId;
import ahti.core.Text;
import ahti.picker.PiecePicker;
import ahti.torrent.why.WaitReason;
import ahti.webseed.WebSeed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * The web seeds of a torrent: those at work, and those that stand by. They work while something is missing, and for nobody else.
 * One that is given up is not asked again in this life of the torrent. Touched by the torrent's actor only.
 */
final class WebSeeds {
    private static final int LONGEST_URL = 200;

    private final Station station;
    private final ActorRef<PiecePicker.Command> picker;
    private final WebSeedConfig config;
    private final ActorRef<WebSeed.Event> told;
    private final Map<ConnectionId, WebHelper> atWork = new LinkedHashMap<>();
    private int contributed;
    private boolean begun;

    WebSeeds(Station station, ActorRef<PiecePicker.Command> picker) {
        this.station = station;
        this.picker = picker;
        this.config = station.world.config().webSeed();
        this.told = station.context.messageAdapter(WebSeed.Event.class, Torrent.WebSeedTold::new);
    }

    /** Something is missing. */
    void begin() {
        begun = true;
        for (String url : station.spec.metainfo().webSeeds()) {
            if (atWork.size() >= config.maxSeeds()) {
                return;
            }
            if (!station.lostWebSeeds.containsKey(url)
                    && atWork.values().stream().noneMatch(helper -> helper.url.equals(url))) {
                hire(url);
            }
        }
    }

    private void hire(String url) {
        ConnectionId id = station.nextConnection();
        ActorRef<WebSeed.Command> seed = station.context.spawnAnonymous(WebSeed.create(new WebSeed.Settings(
                id,
                url,
                station.spec.metainfo(),
                picker,
                station.world.http(),
                station.world.clock(),
                config,
                station.world.allotter(),
                told)));
        station.context.watchWith(seed, new Torrent.WebSeedGone(id));
        atWork.put(id, new WebHelper(id, url, seed, station.now()));
    }

    /** Our network was gone or is another: those that could not be reached rest no longer. */
    void tryAgain() {
        atWork.values().forEach(helper -> helper.actor.tell(WebSeed.TryAgain.INSTANCE));
    }

    /** Nothing is missing any more, or the torrent rests. */
    void end() {
        begun = false;
        atWork.values().forEach(helper -> helper.actor.tell(WebSeed.Stop.INSTANCE));
        atWork.clear();
    }

    /** One of them says something. */
    void heard(WebSeed.Event event) {
        if (event instanceof WebSeed.Sampled sampled) {
            WebHelper helper = atWork.get(sampled.id());
            if (helper != null) {
                station.downMeter.add(helper.took(sampled.sample(), station.now()), station.now());
            }
        } else if (event instanceof WebSeed.GaveUp gaveUp) {
            WebHelper helper = atWork.remove(gaveUp.id());
            if (helper != null) {
                lose(helper.url, gaveUp.reason());
            }
        }
    }

    /** The actor of one is gone; when it gave up it said so before. */
    void gone(ConnectionId id) {
        WebHelper helper = atWork.remove(id);
        if (helper != null) {
            picker.tell(new PiecePicker.Leave(id));
            lose(helper.url, "a fault in Ahti");
        }
    }

    /** One lied. It leaves the picker at once. */
    void discard(String url) {
        for (WebHelper helper : List.copyOf(atWork.values())) {
            if (helper.url.equals(url)) {
                atWork.remove(helper.id);
                picker.tell(new PiecePicker.Leave(helper.id, true));
                helper.actor.tell(WebSeed.Stop.INSTANCE);
            }
        }
        lose(url, "sent corrupt data");
    }

    private void lose(String url, String reason) {
        String shown = Text.clean(url, LONGEST_URL);
        if (station.lostWebSeeds.putIfAbsent(url, reason) == null) {
            station.context.getLog().info("web seed {} is given up: {}", shown, reason);
            station.tell(new TorrentEvent.PeerDropped(station.spec.metainfo().infoHash(), "web seed " + shown, reason));
        }
        if (begun) {
            begin();
        }
    }

    /** The URL behind a number, if it is one of ours. */
    Optional<Sender> sender(ConnectionId id) {
        return Optional.ofNullable(atWork.get(id)).map(helper -> new Sender.Web(helper.url));
    }

    /** A piece of theirs is verified and stored. */
    void thank(ConnectionId id) {
        WebHelper helper = atWork.get(id);
        if (helper != null && !helper.contributed) {
            helper.contributed = true;
            contributed++;
        }
    }

    /** Web seeds of which something is in a verified piece. */
    int contributors() {
        return contributed;
    }

    /** All that are at work. */
    List<WebHelper> atWork() {
        return List.copyOf(atWork.values());
    }

    /** How they are doing, as peers that have everything. */
    List<PeerStatus> statuses(PiecePicker.Explanation explanation) {
        List<PeerStatus> statuses = new ArrayList<>();
        int pieces = station.progress.layout().pieces();
        atWork.values().forEach(helper -> statuses.add(helper.status(pieces, explanation, station.now())));
        return statuses;
    }

    /**
     * Why nothing comes of them: all rest, or all were given up; empty when one is at work, and when there never was one.
     *
     * @param alone whether there is nobody else to wait for
     */
    Optional<WaitReason> silence(boolean alone) {
        Optional<String> rest = Optional.empty();
        for (WebHelper helper : atWork.values()) {
            if (helper.sample.rest().isEmpty()) {
                return Optional.empty();
            }
            rest = rest.or(() -> helper.sample.rest().map(WebSeed.Rest::reason));
        }
        if (rest.isPresent()) {
            return Optional.of(new WaitReason.WebSeedsRest(atWork.size(), rest.get()));
        }
        return alone
                ? station.lostWebSeeds.values().stream()
                        .findFirst()
                        .map(reason -> new WaitReason.WebSeedsLost(station.lostWebSeeds.size(), reason))
                : Optional.empty();
    }
}
