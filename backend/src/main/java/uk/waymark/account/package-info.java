/**
 * Signing in: accounts, invitations, one-time codes, devices and who may share an account. An account is a login with
 * one number; it sees a person's cases only where that person's invitation was taken up.
 */
package uk.waymark.account;
