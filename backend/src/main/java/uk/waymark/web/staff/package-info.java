/** The pages of staff: they sign in at their force's provider, and see and do there what the API lets them (docs/pages.md). */
package uk.waymark.web.staff;
