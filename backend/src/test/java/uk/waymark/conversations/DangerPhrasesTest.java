package uk.waymark.conversations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DangerPhrasesTest {
    private static final DangerPhrases PHRASES = new DangerPhrases();

    @ParameterizedTest
    @ValueSource(strings = {"He is outside my house.", "hes outside my house right now", "He’s at the door", "He says he will kill me",
        "he is gonna kill   me!!", "HE IS GOING TO KILL US", "I'm not safe here", "I don’t feel safe", "We are in danger",
        "I want to die", "I don't want to be here anymore", "thinking about suicide", "He threatened to hurt my kids",
        "he's got a knife", "She is following me again", "He won't let me leave", "I'm locked in", "Somebody is trying to get in",
        "they are breaking in", "He found out where I live", "he knows where I am", "I am scared for my life", "Please send the police",
        "I need help now", "I will hurt myself", "He hit me again last night", "in d\u200Banger", "ＩＮ ＤＡＮＧＥＲ", "he is hereeee",
        "He is parked outside my house", "I've taken too many pills", "Dim ond neges, but he is outside my flat",
        "He is waiting outside my house", "I cant leave, he is outside my house", "I want him to leave. He's outside my house",
        "he's waiting outside my work with a hammer", "they left petrol outside my house", "he hasn't stopped following me",
        "He has not stopped threatening me", "he's following me up the street", "I am not in danger of being late. He is outside my house",
        "he will kill my baby", "he is going to kill my mother", "he's going to kill her", "going to hurt my kids", "my kids are not safe",
        "hes coming here", "he knows my address", "He's got my kids and won't give them back", "he'll kill himself and the kids",
        "he is going to hurt the kids", "hell hurt mum", "she is hitting her son",
        "I want to end it", "theres someone in my garden", "I don´t feel safe", "Not now. He is here"})
    void soundsLikeDanger(String text) {
        assertTrue(PHRASES.soundsLike(text), text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Mae e'n mynd i fy lladd i", "Dwi ddim yn saff", "Dydw i ddim yn ddiogel yma", "Mae o tu allan i'r tŷ",
        "Rydym mewn perygl", "Mae gyllell ganddo", "mae o wrth y drws", "Mae'n fy nilyn i", "Mae e'n gwybod ble dwi'n byw",
        "Dwi isio marw", "Dydw i ddim eisiau byw", "Mae ofn am fy mywyd arna i", "Mae wedi bygwth fy lladd", "Rwy'n meddwl am hunanladdiad",
        "Maen nhw'n torri i mewn", "Mae e'n brifo fi", "Dwi ddim yn teimlo'n saff yma",
        "Dydw i ddim yn teimlo'n ddiogel nawr", "Mae o'n aros wrth y drws", "mae o yma",
        // a phone that somebody took, and a door
        "Mae o wedi cymryd fy ffôn, ddim yn gadael i mi fynd", "Mae o wedi dwyn fy ffôn, gwrthod gadael i fi fynd",
        "Mae o wedi mynd â fy ffôn, wedi cloi y drws", "Mae o wedi cael gwybod lle ydw i", "Mae e wedi dod i wybod ble ydw i",
        // each verb as it changes after i, am, ei and fy
        "Dw i'n mynd i ladd fy hun", "Dwi am ladd fy hun", "Dwi'n mynd i dorri fy hun", "wi moyn lladd 'n hunan", "Mae'n mynd i frifo fi",
        "Mae e'n mynd i ladd mam", "mae o am fy mrifo i", "Ma fo'n mynd i lladd i", "mae e'n moyn tagu fi", "Mae o wedi fy nharo i eto",
        "mae'n nilyn i adre", "Rydw i'n mynd i'w ladd o", "Dwi'n mynd i'w lladd hi", "dwi isio'i ladd o", "Mi ladda i o",
        "neith o ladd ni i gyd", "bydd e'n lladd hi", "Mae e wedi bygwth y plant", "Mae'n mynd i frifo'r plant", "mae o'n curo fy mab",
        "Bwrodd fi eto heno", "Mae e wedi ymosod ar mam", "Mae ganddo fe wn", "mae cyllell 'da fe", "Mae o tu allan efo morthwyl",
        "Mae'n rhoi petrol drwy'r drws", "Mae am losgi'r tŷ", "mae e'n mynd i roi'r tŷ ar dân",
        // close by
        "Mae'n tu allan", "mae e tu fas", "Mae'n dod draw nawr", "Ma' fe'n dod draw", "mae o ar ei ffordd draw", "Mae rhywun yn yr ardd",
        "mae 'na ddyn wrth y ffenest", "Ma hi lan llofft", "Mae'n torri mewn", "mae rhywun yn trio dorri mewn i'r tŷ",
        "Mae o'n malu'r drws", "Mae'n gwybod fy nghyfeiriad", "Mae o wedi cael fy nghyfeiriad newydd", "Mae nghyfeiriad i gyda fe",
        "mae o'n gwbod lle dwi", "Mae wedi ffeindio fi", "maen nhw'n dod amdana i", "Mae wedi troi lan yn fy ngwaith",
        // not free, not safe
        "neith o ddim gadael i mi adael", "dyw e ddim yn gadael fi mas", "Mae o wedi cloi fi mewn", "Dwi'n cuddio yn y bathrwm",
        "Sa i'n saff", "so fi'n teimlo'n saff", "Dwi'm yn saff adra", "dyw'r plant ddim yn saff", "mewn peryg", "Dwi ofn neith o ddod yma",
        "Helpwch fi nawr", "Ffoniwch yr heddlu", "ffonia'r heddlu rŵan", "isio ambiwlans", "Mae hwn yn argyfwng",
        // children
        "Mae wedi cymryd y plant", "mae e wedi mynd â'r plant", "Mae fy mhlant gyda fe a neith e ddim rhoi nhw nôl",
        // oneself
        "dwi'n mynd i grogi fy hun", "Dwi ishe marw", "dwi am farw", "Sa i moyn byw", "Dwi'm isio byw", "methu cario mlaen fel hyn",
        "does dim pwynt byw", "bydden nhw'n well hebdda i", "Dwi wedi cymryd gormod o dabledi", "Dwi'n teimlo'n suicidal",
        "dwi isio gorffen y cyfan"})
    void swniFelPerygl(String text) {
        assertTrue(PHRASES.soundsLike(text), text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Can I bring my sister on the day?", "I am not in danger", "We are no longer in danger", "I feel safe now",
        "Thank you for following me up", "I am trying to get in touch with you", "The waiting is killing me", "I tried to get in touch with you", "I was in danger of missing it",
        "Please help me understand the letter", "He is not following me any more", "Do I wait outside the building?",
        "What time does it start?", "My phone is broken in half", "My car was broken into in May", "", "   ", "😀😀😀",
        "<html><body>hello</body></html>", "I left the form at my door", "I could kill for a cup of tea", "The app will not let me in",
        "Is he going to be at the court?", "Will the kids need to come?"})
    void doesNot(String text) {
        assertFalse(PHRASES.soundsLike(text), text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Dydw i ddim mewn perygl", "Pryd mae'n dechrau?", "Gadewch y llythyr wrth y drws", "Diolch am eich neges",
        "Rwy'n byw yng Nghaerdydd", "Mae fy chwaer yn dod gyda fi", "Rwy'n teimlo'n saff nawr", "Mae'n oer tu allan",
        "Mae hi'n braf yma heddiw", "Ydw i'n aros tu allan i'r adeilad?", "Dwi ddim yn gwybod ble ydw i fod i fynd",
        "Dwi wedi gorffen popeth", "Dw i'n mynd â'r plant i'r ysgol", "Mae'r plant yn iawn", "Mae'r llythyr ar ei ffordd",
        "Dydi o ddim yn fy nilyn i mwyach", "Helpwch fi i ddeall y llythyr", "Mae fy nghyfrif wedi cloi",
        "Dyw'r ap ddim yn gadael i mi fynd i mewn", "Gwn i ddim", "Hoffwn newid fy nghyfeiriad",
        "Rwyf eisiau gwybod a yw fy nghyfeiriad yn gywir", "Mae'r aros yn fy lladd i", "Mae'r cŵn yn yr ardd",
        "Galwch fi yfory os gwelwch yn dda", "Dydyn nhw ddim yn gwybod lle dwi'n byw", "Dwi wedi ffeindio lle i barcio",
        "Mae'n dod gyda'r post", "Wnaeth rhywun dorri'r ffenest ym mis Mai", "Fydda i ddim yma ddydd Gwener", "Mae'n well gen i alwad",
        "A fydd rhywun yn ffonio?", "Mae'r treial yn dod yn agos", "Alla i ddim mynd ymlaen i'r dudalen nesaf", "Mae gan fy mab apwyntiad",
        "Mae e'n mynd i'r llys"})
    void nidYw(String text) {
        assertFalse(PHRASES.soundsLike(text), text);
    }

    @Test
    void whatIsTypedInAHurryIsTheSame() {
        assertEquals("hes outside my house", DangerPhrases.normal("He’s  OUTSIDE, my... house!!!"));
        assertEquals("ty", DangerPhrases.normal("tŷ"));
        assertEquals("help", DangerPhrases.normal("heeeelp\u202E"));
    }

    /** However it is built, a long text is looked through at once. */
    @Test
    void longTextsAreLookedThrough() {
        assertFalse(PHRASES.soundsLike("a ".repeat(5_000)));
        assertFalse(PHRASES.soundsLike("he is a ".repeat(1_200)));
        assertFalse(PHRASES.soundsLike("\uD83D\uDE00".repeat(10_000)));
        assertTrue(PHRASES.soundsLike("a ".repeat(4_900) + "he is outside my house"));
    }
}
