package uk.waymark.messaging;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import uk.waymark.messaging.Contact.Account;
import uk.waymark.messaging.Contact.NumberSafety;
import uk.waymark.messaging.ContactChannels.Chosen;
import uk.waymark.messaging.ContactChannels.Safety;
import uk.waymark.notifications.Channel;
import uk.waymark.notifications.Decision;
import uk.waymark.notifications.firebase.Registration;

class ContactRulesTest {
    private static final String HELD = "+447700900001";
    private static final String OTHER = "+447700900002";
    private static final Contact PLAIN_CASE =
        new Contact(null, true, false, false, HELD, NumberSafety.SAFE, null, false, false, false, "en");

    private record Row(String what, Contact contact, Decision expected) {
        @Override
        public String toString() {
            return what;
        }
    }

    static Stream<Row> table() {
        Contact c = PLAIN_CASE;
        return Stream.of(
            new Row("a safe number gets the plain words", c, send(HELD, "en", "plain")),
            new Row("in Welsh who prefers Welsh", with(c, "cy"), send(HELD, "cy", "plain")),
            new Row("a number not confirmed gets the neutral words", number(c, HELD, NumberSafety.UNKNOWN),
                send(HELD, "en", "neutral")),
            new Row("discreet gets the neutral words", discreet(c), send(HELD, "en", "neutral")),
            new Row("a flagged case is discreet by itself", flagged(c), send(HELD, "en", "neutral")),
            new Row("unknown in a flagged case", flagged(number(c, HELD, NumberSafety.UNKNOWN)),
                withhold("unknown_in_flagged_case")),
            new Row("unsafe", number(c, HELD, NumberSafety.UNSAFE), withhold("unsafe")),
            new Row("held for a suspect reads like unsafe", suspect(c), withhold("unsafe")),
            new Row("no number", number(c, null, NumberSafety.UNKNOWN), withhold("no_number")),
            new Row("STOP", stopped(c), withhold("stopped")),
            new Row("kept off phones", offPhones(c), withhold("kept_off_phones")),
            new Row("dead", ended(c, "deceased"), new Decision.Cancel("deceased")),
            new Row("overtaken wins over everything", ended(stopped(offPhones(c)), "overtaken"),
                new Decision.Cancel("overtaken")),
            new Row("the verified number wins", account(c, OTHER, false), send(OTHER, "en", "neutral")),
            new Row("the verified number is the one held", account(c, HELD, false), send(HELD, "en", "plain")),
            new Row("an unsafe number is not the verified one",
                account(number(c, HELD, NumberSafety.UNSAFE), OTHER, false), send(OTHER, "en", "neutral")),
            new Row("a verified number nobody vouched for, flagged", flagged(account(c, OTHER, false)),
                withhold("unknown_in_flagged_case")),
            new Row("somebody else on the account must not be texted", account(c, HELD, true), withhold("unsafe")),
            new Row("an invitation to a safe number", invitation(c), send(HELD, "en", "plain")),
            new Row("an invitation to a number not confirmed", invitation(number(c, HELD, NumberSafety.UNKNOWN)),
                withhold("to_be_handed_over")),
            new Row("an invitation in a flagged case", invitation(flagged(c)), withhold("to_be_handed_over")));
    }

    @ParameterizedTest
    @MethodSource("table")
    void decides(Row row) {
        assertEquals(row.expected(), ContactRules.decide(row.contact(), Set.of()));
    }

    @Property(tries = 2_000)
    void nothingGoesWhereItCouldHurt(@ForAll("contacts") Contact c) {
        Decision decision = ContactRules.decide(c, Set.of());
        boolean ownWord = c.account() == null || c.account().number().equals(c.heldNumber());
        boolean unsafe = c.heldForSuspect() || c.account() != null && c.account().unsafeForOther()
            || ownWord && c.heldSafety() == NumberSafety.UNSAFE;
        boolean confirmed = ownWord && c.heldSafety() == NumberSafety.SAFE && !unsafe;
        if (c.ended() != null) {
            assertInstanceOf(Decision.Cancel.class, decision);
        } else if (!c.onPhones() || c.stopped() || unsafe || c.number() == null || c.flagged() && !confirmed
                || c.invitation() && (c.flagged() || !confirmed)) {
            assertInstanceOf(Decision.Withhold.class, decision);
        } else {
            var send = assertInstanceOf(Decision.Send.class, decision);
            assertEquals(c.number(), send.address());
            assertEquals(confirmed && !c.discreet() && !c.flagged() ? "plain" : "neutral", send.variant());
        }
    }

    @Property(tries = 500)
    void aNumberHeldForASuspectReadsLikeAnUnsafeOne(@ForAll("contacts") Contact c) {
        Contact told = number(account(c, null, false), HELD, NumberSafety.SAFE);
        assertEquals(ContactRules.decide(number(told, HELD, NumberSafety.UNSAFE), Set.of()),
            ContactRules.decide(suspect(told), Set.of()));
        assertFalse(c.toString().contains(HELD) || c.toString().contains(OTHER), "a number in a text for logs");
    }

    @Provide
    Arbitrary<Contact> contacts() {
        Arbitrary<String> numbers = Arbitraries.of(HELD, OTHER).injectNull(0.2);
        Arbitrary<Account> accounts = Combinators.combine(Arbitraries.of(HELD, OTHER), Arbitraries.of(true, false))
            .as((number, other) -> new Account(number, other, false)).injectNull(0.4);
        Arbitrary<String> endings = Arbitraries.of("deceased", "merged", "person_removed", "overtaken").injectNull(0.8);
        Arbitrary<boolean[]> flags = Arbitraries.of(true, false).array(boolean[].class).ofSize(6);
        return Combinators.combine(endings, numbers, Arbitraries.of(NumberSafety.class), accounts, flags,
            Arbitraries.of("en", "cy")).as((ended, number, safety, account, f, language) ->
            new Contact(ended, f[0], f[1], f[2], number, safety, account, f[3], f[4], f[5], language));
    }

    @Test
    void whoHasAnAppIsToldOnItNeutrallyAndOnlyThenByText() {
        Registration phone = new Registration(new UUID(0, 1), "t1");
        Registration tablet = new Registration(new UUID(0, 2), "t2");
        Contact c = app(PLAIN_CASE, phone, tablet);
        assertEquals(new Decision.Send(Channel.PUSH, Registration.write(List.of(phone, tablet)), "en", "neutral", true),
            ContactRules.decide(c, Set.of()));
        assertEquals(send(HELD, "en", "plain"), ContactRules.decide(c, Set.of(Channel.PUSH)));
        assertEquals(send(HELD, "en", "plain"), ContactRules.decide(app(invitation(PLAIN_CASE), phone), Set.of()));
        for (Contact no : List.of(stopped(PLAIN_CASE), offPhones(PLAIN_CASE), suspect(PLAIN_CASE),
                number(PLAIN_CASE, HELD, NumberSafety.UNSAFE), flagged(number(PLAIN_CASE, HELD, NumberSafety.UNKNOWN)))) {
            assertEquals(ContactRules.decide(no, Set.of()), ContactRules.decide(app(no, phone), Set.of()));
        }
        assertFalse(c.toString().contains("t1"), "a token in a text for logs");
    }

    @Test
    void theOwnOrderDecidesAndWhatIsNotSafeOrWasTriedIsPassedOver() {
        Contact c = order(app(PLAIN_CASE, new Registration(new UUID(0, 1), "t1")),
            email(Safety.SAFE), by(Channel.SMS), by(Channel.PUSH), by(Channel.CALL));
        List<Channel> went = new ArrayList<>();
        Set<Channel> tried = EnumSet.noneOf(Channel.class);
        while (ContactRules.decide(c, tried) instanceof Decision.Send send) {
            went.add(send.channel());
            tried.add(send.channel());
            assertEquals(tried.size() < 4, send.another(), "whether another may follow " + send.channel());
        }
        assertEquals(List.of(Channel.EMAIL, Channel.SMS, Channel.PUSH, Channel.CALL), went);
        assertEquals(withhold("no_channel_left"), ContactRules.decide(c, tried));
        assertEquals(new Decision.Send(Channel.EMAIL, "a@example.org", "en", "neutral", true), ContactRules.decide(c, Set.of()));
    }

    @Test
    void nothingGoesToAnAddressThatIsNotKnownToBeSafe() {
        for (Contact c : List.of(PLAIN_CASE, flagged(PLAIN_CASE))) {
            assertEquals(withhold("address_not_confirmed"), ContactRules.decide(order(c, email(Safety.UNKNOWN)), Set.of()));
            assertEquals(withhold("address_unsafe"), ContactRules.decide(order(c, email(Safety.UNSAFE)), Set.of()));
            assertEquals(Channel.SMS, sent(order(c, email(Safety.UNKNOWN), by(Channel.SMS))).channel());
            assertEquals(Channel.EMAIL, sent(order(number(c, HELD, NumberSafety.UNSAFE), by(Channel.SMS), email(Safety.SAFE))).channel());
        }
    }

    @Test
    void stopEndsTextsNotificationsAndEmailsAndLeavesWhatAPersonDoes() {
        Contact c = stopped(app(PLAIN_CASE, new Registration(new UUID(0, 1), "t1")));
        for (Chosen by : List.of(by(Channel.SMS), by(Channel.PUSH), email(Safety.SAFE))) {
            assertEquals(withhold("stopped"), ContactRules.decide(order(c, by), Set.of()));
        }
        assertEquals(new Decision.Send(Channel.CALL, HELD, "en", "plain"), ContactRules.decide(order(c, by(Channel.CALL)), Set.of()));
    }

    @Test
    void theAppAloneIsWithheldFromWhoHasNone() {
        assertEquals(withhold("no_app"), ContactRules.decide(order(PLAIN_CASE, by(Channel.PUSH)), Set.of()));
    }

    @Test
    void anInvitationIsATextWhateverTheOrder() {
        Contact c = order(PLAIN_CASE, email(Safety.SAFE), by(Channel.CALL));
        Contact invited = new Contact(null, true, true, false, HELD, NumberSafety.SAFE, null, false, false, false, "en", List.of(),
            c.channels());
        assertEquals(send(HELD, "en", "plain"), ContactRules.decide(invited, Set.of()));
    }

    /** Whatever the order: nothing goes to an address nobody vouches for, or to a number that must not be used. */
    @Property(tries = 2_000)
    void noOrderMakesAnUnsafeChannelSafe(@ForAll("contacts") Contact any, @ForAll List<Channel> wanted, @ForAll Safety safety,
                                         @ForAll Set<Channel> tried) {
        List<Chosen> order = wanted.stream().distinct().map(ch -> ch == Channel.EMAIL || ch == Channel.LETTER
            ? new Chosen(ch, "a@example.org", safety) : by(ch)).toList();
        Contact c = order(app(any, new Registration(new UUID(0, 1), "t1")), order.toArray(Chosen[]::new));
        if (ContactRules.decide(c, tried) instanceof Decision.Send send) {
            assertFalse(tried.contains(send.channel()));
            assertTrue(c.onPhones() && c.ended() == null);
            if (send.channel() == Channel.EMAIL || send.channel() == Channel.LETTER) {
                assertEquals(Safety.SAFE, safety);
                assertEquals("neutral", send.variant());
            } else {
                assertFalse(c.heldForSuspect() || c.safety() == NumberSafety.UNSAFE || c.number() == null
                    || c.flagged() && c.safety() != NumberSafety.SAFE);
                assertTrue(send.variant().equals("neutral") || c.safety() == NumberSafety.SAFE && !c.discreet() && !c.flagged());
            }
            assertFalse(c.stopped() && send.channel() != Channel.CALL && send.channel() != Channel.LETTER);
        }
    }

    static Stream<Row> saidOfTexts() {
        Contact safe = PLAIN_CASE;
        Contact unknown = number(safe, HELD, NumberSafety.UNKNOWN);
        Contact unsafe = number(safe, HELD, NumberSafety.UNSAFE);
        return Stream.of(
            new Row("nothing said of texts: the number's word", order(safe, by(Channel.SMS)), send(HELD, "en", "plain")),
            new Row("texts confirmed, the number not", order(unknown, sms(Safety.SAFE)), send(HELD, "en", "plain")),
            new Row("and in a flagged case", flagged(order(unknown, sms(Safety.SAFE))), send(HELD, "en", "neutral")),
            new Row("an unsafe number is so whatever is said of texts", order(unsafe, sms(Safety.SAFE)), withhold("unsafe")),
            new Row("texts unsafe, the number safe", order(safe, sms(Safety.UNSAFE)), withhold("channel_unsafe")),
            new Row("texts not known to be safe any more", order(safe, sms(Safety.UNKNOWN)), send(HELD, "en", "neutral")),
            new Row("and in a flagged case nothing goes", flagged(order(safe, sms(Safety.UNKNOWN))),
                withhold("channel_not_confirmed")),
            new Row("an unsafe text leaves the call", order(safe, sms(Safety.UNSAFE), by(Channel.CALL)),
                new Decision.Send(Channel.CALL, HELD, "en", "plain")),
            new Row("an invitation where texts are unsafe", invited(order(safe, sms(Safety.UNSAFE))), withhold("channel_unsafe")),
            new Row("an invitation where texts were confirmed", invited(order(unknown, sms(Safety.SAFE))),
                send(HELD, "en", "plain")));
    }

    @ParameterizedTest
    @MethodSource("saidOfTexts")
    void theWorseOfNumberAndChannelHolds(Row row) {
        assertEquals(row.expected(), ContactRules.decide(row.contact(), Set.of()));
    }

    /** In a flagged case nothing goes by a channel that is not known to be safe, whatever else is true. */
    @Property(tries = 3_000)
    void inAFlaggedCaseUnknownIsNoOutbound(@ForAll("contacts") Contact any, @ForAll List<Channel> wanted,
                                           @ForAll List<Safety> said, @ForAll Set<Channel> tried) {
        List<Channel> order = wanted.stream().distinct().toList();
        Chosen[] chosen = new Chosen[order.size()];
        for (int i = 0; i < chosen.length; i++) {
            Safety safety = i < said.size() ? said.get(i) : Safety.NOT_SAID;
            chosen[i] = new Chosen(order.get(i), Standing.byNumber(order.get(i)) ? null : "a@example.org", safety);
        }
        Contact c = flagged(order(app(any, new Registration(new UUID(0, 1), "t1")), chosen));
        if (ContactRules.decide(c, tried) instanceof Decision.Send send && !c.invitation()) {
            Chosen by = Stream.of(chosen).filter(w -> w.channel() == send.channel()).findFirst().orElseThrow();
            assertTrue(by.safety() == Safety.SAFE
                || by.safety() == Safety.NOT_SAID && by.address() == null && c.safety() == NumberSafety.SAFE);
            assertFalse(by.address() == null && c.safety() == NumberSafety.UNSAFE);
            assertEquals("neutral", send.variant());
        }
        assertFalse(c.invitation() && ContactRules.decide(c, tried) instanceof Decision.Send, "an invitation in a flagged case");
    }

    private static Chosen sms(Safety safety) {
        return new Chosen(Channel.SMS, null, safety);
    }

    private static Contact invited(Contact c) {
        return new Contact(c.ended(), c.onPhones(), true, c.stopped(), c.heldNumber(), c.heldSafety(), c.account(), c.flagged(),
            c.discreet(), c.heldForSuspect(), c.language(), c.apps(), c.channels());
    }

    private static Decision.Send sent(Contact c) {
        return assertInstanceOf(Decision.Send.class, ContactRules.decide(c, Set.of()));
    }

    private static Chosen by(Channel channel) {
        return new Chosen(channel, null, Safety.NOT_SAID);
    }

    private static Chosen email(Safety safety) {
        return new Chosen(Channel.EMAIL, "a@example.org", safety);
    }

    private static Contact order(Contact c, Chosen... order) {
        return new Contact(c.ended(), c.onPhones(), c.invitation(), c.stopped(), c.heldNumber(), c.heldSafety(),
            c.account(), c.flagged(), c.discreet(), c.heldForSuspect(), c.language(), c.apps(), List.of(order));
    }

    private static Contact app(Contact c, Registration... apps) {
        return new Contact(c.ended(), c.onPhones(), c.invitation(), c.stopped(), c.heldNumber(), c.heldSafety(),
            c.account(), c.flagged(), c.discreet(), c.heldForSuspect(), c.language(), List.of(apps));
    }

    private static Decision send(String number, String language, String variant) {
        return new Decision.Send(Channel.SMS, number, language, variant);
    }

    private static Decision withhold(String reason) {
        return new Decision.Withhold(reason);
    }

    private static Contact with(Contact c, String language) {
        return new Contact(c.ended(), c.onPhones(), c.invitation(), c.stopped(), c.heldNumber(), c.heldSafety(),
            c.account(),
            c.flagged(), c.discreet(), c.heldForSuspect(), language);
    }

    private static Contact number(Contact c, String held, NumberSafety safety) {
        return new Contact(c.ended(), c.onPhones(), c.invitation(), c.stopped(), held, safety, c.account(), c.flagged(),
            c.discreet(), c.heldForSuspect(), c.language());
    }

    private static Contact account(Contact c, String number, boolean unsafeForOther) {
        return new Contact(c.ended(), c.onPhones(), c.invitation(), c.stopped(), c.heldNumber(), c.heldSafety(),
            number == null ? null : new Account(number, unsafeForOther, false), c.flagged(), c.discreet(), c.heldForSuspect(),
            c.language());
    }

    private static Contact ended(Contact c, String why) {
        return new Contact(why, c.onPhones(), c.invitation(), c.stopped(), c.heldNumber(), c.heldSafety(),
            c.account(),
            c.flagged(), c.discreet(), c.heldForSuspect(), c.language());
    }

    private static Contact offPhones(Contact c) {
        return new Contact(c.ended(), false, c.invitation(), c.stopped(), c.heldNumber(), c.heldSafety(),
            c.account(),
            c.flagged(), c.discreet(), c.heldForSuspect(), c.language());
    }

    private static Contact invitation(Contact c) {
        return new Contact(c.ended(), c.onPhones(), true, c.stopped(), c.heldNumber(), c.heldSafety(),
            c.account(),
            c.flagged(), c.discreet(), c.heldForSuspect(), c.language());
    }

    private static Contact stopped(Contact c) {
        return new Contact(c.ended(), c.onPhones(), c.invitation(), true, c.heldNumber(), c.heldSafety(),
            c.account(),
            c.flagged(), c.discreet(), c.heldForSuspect(), c.language(), c.apps(), c.channels());
    }

    private static Contact flagged(Contact c) {
        return new Contact(c.ended(), c.onPhones(), c.invitation(), c.stopped(), c.heldNumber(), c.heldSafety(),
            c.account(),
            true, c.discreet(), c.heldForSuspect(), c.language(), c.apps(), c.channels());
    }

    private static Contact discreet(Contact c) {
        return new Contact(c.ended(), c.onPhones(), c.invitation(), c.stopped(), c.heldNumber(), c.heldSafety(),
            c.account(),
            c.flagged(), true, c.heldForSuspect(), c.language());
    }

    private static Contact suspect(Contact c) {
        return new Contact(c.ended(), c.onPhones(), c.invitation(), c.stopped(), c.heldNumber(), c.heldSafety(),
            c.account(),
            c.flagged(), c.discreet(), true, c.language());
    }

    @Test
    void aNumberThatTheForceHasReplacedIsNotUsed() {
        var contact = new Contact(null, true, false, false, "+447700900002", Contact.NumberSafety.SAFE,
            new Contact.Account("+447700900001", false, true), false, false, false, "en");
        assertEquals(new Decision.Withhold("number_replaced"), ContactRules.decide(contact, Set.of()));
        var ownNumber = new Contact(null, true, false, false, "+447700900002", Contact.NumberSafety.SAFE,
            new Contact.Account("+447700900001", false, false), false, false, false, "en");
        assertTrue(ContactRules.decide(ownNumber, Set.of()) instanceof Decision.Send);
    }

    @Test
    void nobodyRingsWhereCallsWereCalledUnsafeAlsoWhenTheyAreNotInTheOrder() {
        var contact = new Contact(null, true, false, false, HELD, NumberSafety.SAFE, null, true, false, false, "en", List.of(),
            ContactChannels.USUAL, new Chosen(Channel.CALL, null, Safety.UNSAFE));
        assertEquals(withhold("channel_unsafe"), ContactRules.byCall(contact));
        assertEquals(Channel.CALL, ((Decision.Send) ContactRules.byCall(flagged(PLAIN_CASE))).channel());
    }
}
