/** What README shows, compiled and run. */
package ahti.examples;
