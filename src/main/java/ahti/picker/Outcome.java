package ahti.picker;

import ahti.core.ConnectionId;
import java.util.List;

/** What follows from one command: what to tell the peers, and what to tell the owner. */
record Outcome(List<Order> orders, List<PiecePicker.Event> events) {

    /** One instruction and whom it is for. A peer gets at most one of each kind from one command. */
    record Order(ConnectionId to, PiecePicker.Instruction instruction) {}
}
