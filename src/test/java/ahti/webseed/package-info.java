/** Tests of {@code ahti.webseed}. */
package ahti.webseed;
