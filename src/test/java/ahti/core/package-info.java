/** Tests of {@code ahti.core}. */
package ahti.core;
