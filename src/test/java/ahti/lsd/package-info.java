/** Tests of {@code ahti.lsd}. */
package ahti.lsd;
