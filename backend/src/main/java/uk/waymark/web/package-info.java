/**
 * Pages for people: those that follow their own case, staff, and the contract, readable (docs/pages.md). They know no feature: what
 * they show and do they ask of the API, as any client would.
 */
package uk.waymark.web;
