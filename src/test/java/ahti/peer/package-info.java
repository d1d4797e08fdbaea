/** Tests of {@code ahti.peer}. */
package ahti.peer;
