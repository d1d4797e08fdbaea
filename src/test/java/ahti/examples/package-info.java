/** Examples for those who embed Ahti or test with it, shown in README and run as tests. */
package ahti.examples;
