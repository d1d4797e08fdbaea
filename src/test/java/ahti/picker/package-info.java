/** Tests of the picker: pure ones with a model beside them, and its actor with probes. */
package ahti.picker;
