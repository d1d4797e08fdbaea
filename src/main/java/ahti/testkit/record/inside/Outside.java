package ahti.testkit.record.inside;

import ahti.testkit.record.event.Output;

/** Who hears what an engine does: the real world, or a recording of it. All calls come on the thread of the virtual time. */
public interface Outside {

    /** The engine does something. */
    void does(Output output);

    /** The engine tells its user something. */
    void says(Said said);
}
