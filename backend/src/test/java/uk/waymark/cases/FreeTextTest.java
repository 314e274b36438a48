package uk.waymark.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import uk.waymark.cases.FreeText.Reason;

class FreeTextTest {

    private static final FreeText FREE_TEXT = new FreeText();
    private static final Set<String> KNOWN = Set.of("Siân", "O'Brien", "Anne-Marie", "Smith", "Featherstonehaugh",
        "van der Berg");

    @ParameterizedTest
    @ValueSource(strings = {
        "The suspect has been released under investigation.",
        "A 34 year old man was arrested on 3 March 2026 and interviewed the same day.",
        "We are waiting for forensic results. These usually take six to eight weeks.",
        "Officers have collected CCTV from the shop and are reviewing it.",
        "Your statement was sent to the Crown Prosecution Service on 03/03/2026.",
        "The trial is listed at Stafford Crown Court on Monday 14 September 2026 at 10:00.",
        "The hearing at Cardiff Magistrates' Court has been moved to 10.30am on 2nd June.",
        "The suspect's bail conditions are not to contact you and not to come to your home.",
        "Two people were charged with burglary. They will appear in court in April 2026.",
        "Your rights under the Victims' Code are explained in the letter we sent you.",
        "If you are worried, call 101. In an emergency call 999.",
        "Staffordshire Police has returned 3 items of property to you.",
        "The CPS has decided to charge. I will ring you once a date is set.",
        "You can ask for special measures, such as screens, if you give evidence.",
        "The suspect pleaded not guilty; the case goes to the Crown Court.",
        "No further action will be taken at this time. You have the right to ask for a review.",
        "We've finished looking at your phone and it's ready to collect after 5pm.",
        "Update: The Witness Care Unit will contact you before Christmas.",
        "- House to house enquiries are complete\n- The vehicle has been recovered",
        "The defendant was sentenced to 18 months and ordered to pay £250 compensation.",
        "Mae'r sawl a ddrwgdybir wedi cael ei ryddhau ar fechnïaeth.",
        "Bydd y treial yn Llys y Goron Caerdydd ar 14 Medi 2026 am 10:00.",
        "Cafodd dyn ei arestio ddydd Mawrth a'i gyfweld gan swyddogion.",
        "Rydym wedi anfon y ffeil at Wasanaeth Erlyn y Goron ym mis Mai.",
        "Mae gennych hawliau o dan y Cod Dioddefwyr yng Nghymru a Lloegr.",
        "Roedd camera ar y ffordd ac mae'r heddlu yn edrych ar y ffilm.",
        "The incident happened on the A34 and a witness has come forward.",
        "Please bring photo ID to the front desk at Hanley Police Station.",
        "The first hearing will be at North Staffordshire Justice Centre.",
        "Mae Heddlu De Cymru wedi meddwl am eich cais. Diolch am gydweithredu.",
        "Police attended at 0930 hours. Evidence was recovered on 2026-03-04 between 10:00 and 11:30.",
    })
    void ordinaryProseIsShown(String text) {
        assertEquals(List.of(), FREE_TEXT.screen(text, KNOWN).reasons());
        assertTrue(FREE_TEXT.screen(text, KNOWN).shown());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "Dangerous driving", "Dangerous Driving", "Causing death by dangerous driving", "Causing death by careless driving",
        "Careless driving", "Drink driving", "Driving while disqualified", "Robbery", "Attempted robbery", "Burglary", "Burglary dwelling",
        "Aggravated burglary", "Domestic Burglary", "Theft", "Theft from the person", "Theft from a motor vehicle", "Shoplifting",
        "Fraud by false representation", "Fraud", "Blackmail", "Kidnap", "Kidnapping", "False imprisonment", "Murder", "Attempted murder",
        "Manslaughter", "Corporate manslaughter", "Common assault", "Common Assault", "Assault by beating",
        "Assault occasioning actual bodily harm", "Actual Bodily Harm", "Grievous bodily harm with intent", "Grievous Bodily Harm",
        "Wounding with intent", "Unlawful wounding", "Inflicting grievous bodily harm", "Threats to kill",
        "Intentional strangulation", "Non-fatal strangulation", "Suffocation", "Controlling or coercive behaviour",
        "Coercive control", "Stalking", "Stalking involving fear of violence", "Harassment", "Harassment without violence",
        "Putting a person in fear of violence", "Racially aggravated harassment", "Religiously aggravated assault", "Hate crime",
        "Rape", "Attempted rape", "Sexual assault", "Sexual Assault", "Assault by penetration", "Sexual activity with a child", "Grooming",
        "Indecent exposure", "Exposure", "Voyeurism", "Upskirting", "Revenge porn", "Disclosing private sexual images",
        "Sharing intimate images without consent", "Blackmail and threats", "Neglect",
        "Modern slavery", "Human trafficking", "Forced marriage", "Female genital mutilation", "Criminal damage", "Criminal Damage",
        "Arson", "Arson with intent to endanger life", "Affray", "Violent disorder", "Public order offence", "Threatening behaviour",
        "Possession of an offensive weapon", "Possession of a bladed article", "Vehicle interference", "Taking a vehicle without consent",
        "Aggravated vehicle taking", "Witness intimidation", "Perverting the course of justice", "Breach of a restraining order",
        "Breach of a non-molestation order", "Administering a substance with intent", "Spiking", "Handling stolen goods",
        "Going equipped for burglary", "Computer misuse", "Causing serious injury by dangerous driving",
        "Gyrru'n beryglus", "Lladrad", "Dwyn", "Byrgleriaeth", "Llofruddiaeth", "Ymosodiad rhywiol", "Aflonyddu", "Stelcio",
        "Difrod troseddol", "Ymosodiad cyffredin", "Twyll", "Treisio", "Achosi marwolaeth drwy yrru'n beryglus", "Tagu", "Cynnau tân",
        "Rheolaeth drwy orfodaeth", "Niwed corfforol difrifol", "Bygythiad i ladd", "Dynladdiad", "Caethwasiaeth fodern",
    })
    void namesOfOffencesAreShown(String title) {
        assertEquals(List.of(), FREE_TEXT.screen(title, KNOWN).reasons());
    }

    @ParameterizedTest
    @CsvSource({"Robbery of Dale Harmer, NAME", "Assault on Harm Bodily-Smythe, NAME", "Dangerous driving in Weston Road, ADDRESS",
        "Theft by Driving Jones, NAME", "Robbery at 12 High Street, ADDRESS"})
    void whatIsMoreThanTheNameOfAnOffenceIsHeld(String title, Reason reason) {
        assertTrue(FREE_TEXT.screen(title, KNOWN).reasons().contains(reason), title);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        We spoke to Sian about what happened.                               | NAME
        We spoke to SIÂN'S neighbour.                                       | NAME
        the account given by o’brien was taken                              | NAME
        the account given by O BRIEN was taken                              | NAME
        We will ring anne marie tomorrow.                                   | NAME
        We will ring AnneMarie tomorrow.                                    | NAME
        We went to see the smiths yesterday.                                | NAME
        A statement was taken from s m i t h at home.                       | NAME
        The items belong to feather\u00ADstonehaugh.                        | NAME
        We spoke to Ms Berg.                                                | NAME
        The suspect is called Darren.                                       | NAME
        Kowalczyk has been arrested again.                                  | NAME
        We have arrested Kowalczyk and another man.                         | NAME
        Mr. Pemberton will be in court.                                     | NAME
        Please ask for PC May at the front desk.                            | NAME
        please ask for dc okonkwo at the front desk                         | NAME
        PC 4821 will ring you.                                              | NUMBER
        We have interviewed his brother Will.                               | NAME
        Stafford was seen leaving the scene.                                | NAME
        THE MAN ARRESTED WAS KAMIL NOWAK                                    | NAME
        we arrested gurpreet on tuesday                                     | NAME
        We arrested gurpreet on tuesday.                                    | NAME
        He lives at 10 Station Road.                                        | ADDRESS
        Davies has been arrested.                                           | NAME
        suspect: Olabode                                                    | NAME
        Cafodd Rhodri ei arestio.                                           | NAME
        Siaradodd y Rhingyll Prydderch â'r teulu.                           | NAME
        The man, \u0421\u043C\u0438\u0442, was seen.                                            | NAME
        The suspect lives at 12 High Street.                                | ADDRESS
        He was seen near 14b elm close last night.                          | ADDRESS
        He was bailed to Weston Road.                                       | ADDRESS
        The bail address is Flat 3 in the same block.                       | ADDRESS
        The neighbour at number 14 saw it.                                  | ADDRESS
        Mae'n byw yn 5 Heol y Parc.                                         | ADDRESS
        Cafodd ei arestio ar Ffordd Glanrafon.                              | ADDRESS
        He must not go to ST16 3AB.                                         | POSTCODE
        he must not go to st163ab or near it                                | POSTCODE
        He must not enter the ST16 area.                                    | POSTCODE
        Ni chaiff fynd i'r ardal cf10.                                      | POSTCODE
        Ring 01785 232 345 and ask for the team.                            | PHONE_NUMBER
        Ring 07700 900123 after six.                                        | PHONE_NUMBER
        Ring (0)7700-900.123 after six.                                     | PHONE_NUMBER
        Ring +44 7700 900123 after six.                                     | PHONE_NUMBER
        Ring oh seven seven double zero nine hundred.                       | NUMBER
        The crime reference is 123456.                                      | NUMBER
        His insurance number is QQ 12 34 56 C.                              | NUMBER
        A car with the mark AB12 CDE was seen.                              | NUMBER
        The car was a blue one, k123abc.                                    | NUMBER
        Send it to the.team@example.org today.                              | EMAIL_OR_LINK
        See www.example.com for more.                                       | EMAIL_OR_LINK
        See example.co.uk for more.                                         | EMAIL_OR_LINK
        The victim was un-cooperative.                                      | WORD
        The victim was UNCO\u202EOPERATIVE when seen.                       | WORD
        No action because of evidential  difficulties.                      | WORD
        The alleged victim did not attend.                                  | WORD
        There is a lack of credi\u200Bbility.                               | WORD
        The complainants were seen on Monday.                               | WORD
        The victim was h\u043Estile to officers.                                 | WORD
        Insufficient evidence due to victim.                                | WORD
        Roedd y dioddefwr yn anghydweithredol.                              | WORD
        Oherwydd anawsterau tystiolaethol ni fydd achos.                    | WORD
        Roedd yr achwynydd yn feddw.                                        | WORD
        Mae'r ddioddefwraig honedig wedi gadael.                            | WORD
        """)
    void whatMustNotBeShownIsHeldBack(String text, Reason reason) {
        var verdict = FREE_TEXT.screen(text, KNOWN);
        assertFalse(verdict.shown());
        assertTrue(verdict.reasons().contains(reason), () -> "only " + verdict.reasons());
    }

    @Test
    void reasonsComeInOrderAndOnce() {
        var verdict = FREE_TEXT.screen("Ring Smith on 01785 232345, not Smith, who is hostile, at ST16 3AB.", KNOWN);
        assertEquals(List.of(Reason.NAME, Reason.PHONE_NUMBER, Reason.POSTCODE, Reason.WORD), verdict.reasons());
    }

    @Test
    void nothingIsShownAsNothing() {
        assertTrue(FREE_TEXT.screen(null, KNOWN).shown());
        assertTrue(FREE_TEXT.screen(" \n ", KNOWN).shown());
        assertThrows(NullPointerException.class, () -> FREE_TEXT.screen("The hearing is on Monday.", null));
    }

    @Test
    void aKnownNameOfOneLetterDoesNotHoldEverything() {
        assertTrue(FREE_TEXT.screen("We took a statement.", Set.of("A", "", " ", "-", "*")).shown());
    }

    @Test
    void listsDoNotLetNamesThrough() {
        var lists = FreeTextLists.load();
        var months = Set.of("april", "may", "june", "august", "mai", "medi", "ebrill", "mehefin", "jan", "jun");
        var names = Stream.concat(lists.givenNames().stream(), lists.wordNames().stream()).toList();
        var through = new HashSet<>(names);
        through.retainAll(lists.capitals());
        through.removeAll(months);
        assertEquals(Set.of(), through, "given names that allowed-capitals.txt lets through");
        assertTrue(lists.givenNames().size() > 900);
    }

    @Test
    void ordinaryWordsAreNotHeldBackWords() {
        var lists = FreeTextLists.load();
        for (var word : lists.openers()) {
            assertFalse(lists.heldBack().foundIn(word), word);
        }
    }
}
