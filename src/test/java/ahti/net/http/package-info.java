/** Tests of {@code ahti.net}. */
package ahti.net.http;
