/** Tests of {@code ahti.engine}. */
package ahti.engine;
