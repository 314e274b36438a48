/**
 * What Waymark says, to whom and whether: the host's side of the notifications library. It judges at the moment of
 * sending, holds the words, takes in the provider's receipts and people's replies, and hands to staff what could not be
 * told.
 */
package uk.waymark.messaging;
