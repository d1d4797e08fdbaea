/** Ahti as others see it: the built jar, its dependencies, its manifest. */
package ahti.consumer;
