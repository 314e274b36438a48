/** What forces know of the courts that their people go to: names in both languages, the door, how to get there. */
package uk.waymark.courts;
