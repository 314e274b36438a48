/** Adapters for what HM Courts and Tribunals Service publishes. Its terms and shapes are not seen past this package. */
package uk.waymark.bridge.hmcts;
