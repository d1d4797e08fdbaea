package ahti.net.http;

import ahti.net.HttpFetch;
import ahti.net.IpFamily;
import ahti.net.LocalAddresses;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** Opens connections: from the local address of the right family, with TLS where the URL says so. Blocks. */
final class Dialler {
    /** Addresses of one name that are tried. */
    private static final int MOST_ADDRESSES = 4;

    private final LocalAddresses from;
    private final Duration patience;
    private final Supplier<SSLSocketFactory> tls;

    /** {@code patience}: for each address. */
    Dialler(LocalAddresses from, Duration patience, Supplier<SSLSocketFactory> tls) {
        this.from = from;
        this.patience = patience;
        this.tls = tls;
    }

    /** Says which addresses may be asked. */
    interface Doorman {
        /** Throws when this one may not. */
        void check(InetAddress address) throws Trouble;
    }

    /**
     * A connection to the first address that answers.
     *
     * @param family the only one to use, if there is one
     * @param opened hears of each socket before it is used: whoever loses patience closes it
     */
    HttpConnection open(Site site, Optional<IpFamily> family, Doorman doorman, Consumer<Socket> opened)
            throws IOException {
        IOException last = Trouble.passing("no address of " + site.name() + " can be reached from here");
        for (InetAddress address : addresses(site, family)) {
            doorman.check(address);
            try {
                return layered(site, dial(new InetSocketAddress(address, site.port()), opened));
            } catch (SSLException e) {
                throw Trouble.passing("TLS failed", e);
            } catch (IOException e) {
                last = Trouble.passing("cannot connect", e);
            }
        }
        throw last;
    }

    private List<InetAddress> addresses(Site site, Optional<IpFamily> family) throws Trouble {
        try {
            return Arrays.stream(InetAddress.getAllByName(site.name()))
                    .filter(from::reaches)
                    .filter(address -> family.map(IpFamily.of(address)::equals).orElse(true))
                    .limit(MOST_ADDRESSES)
                    .toList();
        } catch (UnknownHostException e) {
            throw Trouble.passing(HttpFetch.NO_SUCH_HOST);
        }
    }

    private Socket dial(InetSocketAddress to, Consumer<Socket> opened) throws IOException {
        Socket socket = new Socket();
        opened.accept(socket);
        try {
            InetAddress own = from.own(to.getAddress()).orElse(null);
            if (own != null) {
                socket.bind(new InetSocketAddress(own, 0));
            }
            socket.setTcpNoDelay(true);
            socket.connect(to, Math.toIntExact(patience.toMillis()));
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private HttpConnection layered(Site site, Socket socket) throws IOException {
        try {
            if (!site.secure()) {
                return new HttpConnection(site, socket, socket);
            }
            SSLSocket layered = (SSLSocket) tls.get().createSocket(socket, site.name(), site.port(), true);
            SSLParameters parameters = layered.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            layered.setSSLParameters(parameters);
            layered.startHandshake();
            return new HttpConnection(site, socket, layered);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }
}
