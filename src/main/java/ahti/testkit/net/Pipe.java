package ahti.testkit.net;

import org.apache.pekko.util.ByteString;

/**
 * One end of a byte connection that is not a socket: simulated, recorded or replayed. {@link PipeStage} makes a stream of it.
 * All calls, in both directions, come on the thread of the virtual time.
 */
public interface Pipe {

    /** Said once, first: who hears of what happens. */
    void open(End end);

    /** Sends bytes. Said again only after {@link End#writable}. */
    void send(ByteString bytes);

    /** Nothing more will be sent, and the connection may close when everything sent has arrived. */
    void finish();

    /** The next bytes are wanted. Said again only after {@link End#received}. */
    void read();

    /** The connection is given up at once, by us. Nothing is said after it. */
    void abort();

    /** What happens at the other end of it. */
    interface End {

        /** Answers {@link Pipe#read}. */
        void received(ByteString bytes);

        /** Answers {@link Pipe#send}: there is room for more. */
        void writable();

        /** The other side closed, and everything it sent was received. */
        void finished();

        /** The connection broke. */
        void failed(Throwable why);
    }
}
