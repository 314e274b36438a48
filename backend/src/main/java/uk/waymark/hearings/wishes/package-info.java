/** What people ask for around court dates: days to avoid and needs for the day. Begin reading at {@link uk.waymark.hearings.wishes.MyWishes}. */
package uk.waymark.hearings.wishes;
