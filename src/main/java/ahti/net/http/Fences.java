package ahti.net.http;

import ahti.config.NetConfig;
import ahti.net.PrivateNetworks;
import java.net.InetAddress;
import java.util.List;
import java.util.function.Predicate;

/**
 * Where a fetch may not lead. Whoever makes a torrent, and whoever answers for a tracker, would otherwise have us ask devices
 * that only we can reach.
 *
 * @param ofRedirects addresses that redirects lead to only when we were there already
 * @param ofUrls addresses that are asked for nothing but what fits them
 */
record Fences(Predicate<InetAddress> ofRedirects, Predicate<InetAddress> ofUrls) {

    static Fences of(NetConfig config) {
        return new Fences(
                config.privateRedirects() ? address -> false : PrivateNetworks::contain,
                config.privateUrls() ? address -> false : PrivateNetworks::contain);
    }

    /**
     * Throws when that address may not be asked.
     *
     * @param fits whether what is asked for fits a server in a private network
     * @param senders who has redirected us so far
     */
    void check(InetAddress address, boolean fits, List<InetAddress> senders) throws Trouble {
        if (!fits && ofUrls.test(address)) {
            throw Trouble.lasting("not asked: it leads to the private address " + address.getHostAddress()
                    + " and looks like no announce and no file (ahti.net.private-urls)");
        }
        if (!ofRedirects.test(address)) {
            return;
        }
        if (!senders.stream().allMatch(ofRedirects)) {
            throw Trouble.lasting("redirected from the Internet to the private address " + address.getHostAddress());
        }
        if (!senders.stream().allMatch(sender -> isSameMachine(sender, address))) {
            throw Trouble.lasting("redirected to another private address, " + address.getHostAddress());
        }
    }

    private static boolean isSameMachine(InetAddress one, InetAddress other) {
        return one.equals(other) || (one.isLoopbackAddress() && other.isLoopbackAddress());
    }
}
