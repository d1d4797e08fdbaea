package ahti.net.http;

import java.net.URI;
import java.util.Locale;

/** Whom a connection is to: nothing else of a URL matters to it. */
record Site(boolean secure, String host, int port) {
    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    /** Whose it is; says why not when it cannot be asked. */
    static Site of(URI uri) throws Trouble {
        String scheme = uri.getScheme() == null ? "none" : uri.getScheme().toLowerCase(Locale.ROOT);
        boolean secure = scheme.equals("https");
        if (!secure && !scheme.equals("http")) {
            throw Trouble.lasting("neither http nor https but " + scheme);
        }
        String host = uri.getHost();
        if (host == null || host.isEmpty() || uri.getPort() > 0xffff || uri.getPort() == 0) {
            throw Trouble.lasting("no URL that can be asked: " + uri);
        }
        return new Site(secure, host.toLowerCase(Locale.ROOT), uri.getPort() < 0 ? usual(secure) : uri.getPort());
    }

    private static int usual(boolean secure) {
        return secure ? HTTPS : HTTP;
    }

    /** The name to look up, or an address. */
    String name() {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /** For the field Host. */
    String authority() {
        return port == usual(secure) ? host : host + ":" + port;
    }
}
