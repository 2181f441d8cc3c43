// Package baseline holds the policies that the default one is measured against, each as its authors meant it. All can be chosen for an ad.
//
// Like the default they are pure functions of cells: counts go in, a table of probabilities comes out, and a choice is a look-up whose
// propensity is exact.
package baseline
