/** Tests of block lists. */
package ahti.net.filter;
