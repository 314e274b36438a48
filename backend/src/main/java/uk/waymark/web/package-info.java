/** Pages for people: so far the contract, readable. */
package uk.waymark.web;
