package ahti.testkit.net;

import ahti.net.HttpFetch;
import ahti.net.PrivateNetworks;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** HTTP from a host to the web servers of its network: two round trips, then the answer, unless time runs out first. */
final class SimulatedHttp implements HttpFetch {
    private static final int ROUND_TRIPS = 2;

    private final SimulatedNetwork network;
    private final Host host;

    SimulatedHttp(SimulatedNetwork network, Host host) {
        this.network = network;
        this.host = host;
    }

    @Override
    public CompletionStage<Reply> get(Request request, Bounds bounds) {
        URI uri = request.uri();
        CompletableFuture<Reply> reply = new CompletableFuture<>();
        var unusedTimeout = network.time().after(patience(bounds), () -> reply.complete(new Failed("timed out")));
        String name = uri.getHost();
        PatientWebServer server = network.webServers().get(name);
        if (server == null) {
            var unused = network.time().after(Duration.ZERO, () -> reply.complete(new Failed("unknown host " + name)));
            return reply;
        }
        Host there = network.host(name);
        if (host.isDown() || there.isDown() || network.isCut(host, there)) {
            return reply;
        }
        Duration roundTrips =
                network.delay(host, there).plus(network.delay(there, host)).multipliedBy(ROUND_TRIPS);
        var unused = network.time().after(roundTrips, () -> {
            if (reply.isDone() || there.isDown()) {
                return;
            }
            network.traffic().asked(host.name(), uri);
            server.asked(host, request, answer -> reply.complete(bounded(of(there, answer), bounds)));
        });
        return reply;
    }

    /** An answer comes as a whole here: until then there is silence. */
    private static Duration patience(Bounds bounds) {
        return bounds.silence().compareTo(bounds.timeout()) < 0 ? bounds.silence() : bounds.timeout();
    }

    private static Reply of(Host server, Reply reply) {
        return reply instanceof Answer answer
                ? new Answer(
                        answer.status(),
                        answer.body(),
                        answer.part(),
                        answer.retryAfter(),
                        !PrivateNetworks.contain(server.address()))
                : reply;
    }

    private static Reply bounded(Reply reply, Bounds bounds) {
        return reply instanceof Answer answer && answer.body().size() > bounds.maxBody()
                ? new Failed("a body of more than " + bounds.maxBody() + " bytes", true)
                : reply;
    }
}
