/**
 * What every feature may use: who is calling, the database's context, sealing, the two clocks, ids, phone numbers and
 * problem details. It knows no feature.
 */
package uk.waymark.platform;
