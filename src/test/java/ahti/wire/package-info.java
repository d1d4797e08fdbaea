/** Tests of {@code ahti.wire}. */
package ahti.wire;
