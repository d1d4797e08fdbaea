package ahti.testkit.net;

import ahti.net.Resolver;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Resolves the names of a network's hosts, and their addresses written as text. */
final class SimulatedNames implements Resolver {
    private final SimulatedNetwork network;

    SimulatedNames(SimulatedNetwork network) {
        this.network = network;
    }

    @Override
    public CompletionStage<Reply> resolve(String name) {
        Host host = network.byName().get(name);
        if (host != null) {
            return CompletableFuture.completedFuture(new Found(List.of(host.address())));
        }
        for (InetAddress address : network.byAddress().keySet()) {
            if (address.getHostAddress().equals(name)) {
                return CompletableFuture.completedFuture(new Found(List.of(address)));
            }
        }
        return CompletableFuture.completedFuture(new Unknown("unknown host " + name));
    }
}
