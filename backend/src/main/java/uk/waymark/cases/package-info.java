/**
 * Cases, the people in them and their timeline: a fold over the canonical events of a force's systems, and what follows
 * from each event, in one transaction.
 */
package uk.waymark.cases;
