/**
 * What crosses the border of a recorded engine, as data: what comes in ({@link ahti.testkit.record.event.Input}), what goes
 * out ({@link ahti.testkit.record.event.Output}), and what the disk is asked and answers.
 */
@NullMarked
package ahti.testkit.record.event;

import org.jspecify.annotations.NullMarked;
