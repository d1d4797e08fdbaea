package ahti.testkit.net;

import ahti.net.HttpFetch;

/** Answers HTTP requests on a {@link SimulatedNetwork}. */
@FunctionalInterface
public interface WebServer {

    /** The answer to one GET. {@link HttpFetch.Failed} stands for a connection that broke or never came about. */
    HttpFetch.Reply answer(Host client, HttpFetch.Request request);
}
