// Package gate refuses generated texts that say something else than their source: another number, a stronger claim, a lost condition,
// a new name. It is the same for every generator, a rule system and a model alike, and its word is final.
package gate
