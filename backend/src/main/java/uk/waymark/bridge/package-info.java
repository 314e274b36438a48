/**
 * Where force systems and courts come in. Foreign formats stop here: what passes on is a canonical event of the contract.
 */
package uk.waymark.bridge;
