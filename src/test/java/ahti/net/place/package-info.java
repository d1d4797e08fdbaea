/** Tests of {@code ahti.net.place}. */
package ahti.net.place;
