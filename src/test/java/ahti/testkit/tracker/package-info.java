/** Tests of {@code ahti.testkit.tracker}. */
package ahti.testkit.tracker;
