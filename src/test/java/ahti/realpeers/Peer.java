package ahti.realpeers;

import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * A running client.
 *
 * @param port that it listens on, at 127.0.0.1
 * @param complete whether it has checked and stored every piece
 * @param uploaded bytes of pieces that it has sent so far
 */
record Peer(Program program, int port, BooleanSupplier complete, LongSupplier uploaded) {

    /** The address, as a user writes it. */
    String address() {
        return "127.0.0.1:" + port;
    }

    /** Returns when it can be dialled. */
    Peer awaitListening() {
        program.awaitListening(port);
        return this;
    }

    /** Returns when it has everything and can be dialled. */
    Peer awaitComplete() {
        program.awaitThat("completion", complete);
        return awaitListening();
    }
}
