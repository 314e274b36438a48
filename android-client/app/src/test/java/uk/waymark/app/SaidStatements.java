package uk.waymark.app;

/** What a server says of statements: a draft, a signed one, and one that is kept elsewhere. */
final class SaidStatements {
    static final String DRAFT = "0198c2a4-9000-7b01-8c3d-6e5f4a3b2c01";
    static final String SIGNED = "0198c2a4-9000-7b01-8c3d-6e5f4a3b2c02";
    static final String KEPT = "0198c2a4-9000-7b01-8c3d-6e5f4a3b2c03";
    static final String CASE_PATH = "/v1/me/cases/" + Said.CASE + "/statements";
    static final String PATH = "/v1/me/statements/";

    private SaidStatements() {}

    static void say(Said said, String language) {
        boolean cy = language.equals("cy");
        String draftWords = cy ? "Heb ei lofnodi. Dim ond chi all ei ddarllen." : "Not signed. Nobody but you can read it.";
        String signedWords = cy ? "Mae wedi’i lofnodi." : "It is signed.";
        String keptWords = cy ? "Mae’n cael ei gadw’n ddiogel yn rhywle arall." : "It is kept safely elsewhere.";
        String phone = cy ? "Mae hyn yn edrych fel rhif ffôn. Gall eraill ei ddarllen." : "This looks like a phone number. Others may read it.";
        String feelings = cy ? "Sut wnaeth i chi deimlo, bryd hynny ac yn awr?" : "How did it make you feel, then and now?";
        String money = cy ? "Beth mae wedi’i gostio i chi, neu beth na allech ei ennill?" : "What has it cost you, or what could you not earn?";
        String declaration = cy ? "Mae’r datganiad hwn yn wir hyd eithaf fy ngwybodaeth a’m cred."
                : "This statement is true to the best of my knowledge and belief.";
        String text = cy ? "Ers y noson honno nid wyf yn cysgu. Fy rhif yw 07700 900123." : "Since that night I do not sleep. My number is 07700 900123.";
        int from = text.indexOf("07700");
        String answer = cy ? "Roedd y clo newydd yn £80." : "The new lock was £80.";
        String of = "'case_id': '" + Said.CASE + "', 'kind': 'victim_personal_statement', ";
        String draft = "{'id': '" + DRAFT + "', " + of + "'medium': 'app', 'state': 'draft', 'state_words': '" + draftWords + "', 'language': '"
                + language + "', 'changed_at': '2027-03-04T18:02:10Z', 'goes_at': '2027-06-02T18:02:10Z', 'goes_soon': true";
        String signed = "{'id': '" + SIGNED + "', " + of + "'medium': 'app', 'state': 'signed', 'state_words': '" + signedWords
                + "', 'language': '" + language + "', 'changed_at': '2027-03-02T18:10:00Z', 'signed_at': '2027-03-02T18:10:00Z'";
        String kept = "{'id': '" + KEPT + "', " + of + "'medium': 'recorded', 'state': 'kept_elsewhere', 'state_words': '" + keptWords
                + "', 'changed_at': '2027-03-01T18:10:00Z'";
        said.say("GET " + CASE_PATH, 200, Said.j("{'items': [" + draft + "}, " + signed + "}, " + kept + "}], 'next_cursor': null, 'may_add': true}"));
        said.say("GET " + CASE_PATH + "/guidance", 200, Said.j("{'title': '" + (cy ? "Eich datganiad" : "Your statement") + "', 'before': ['"
                + (cy ? "Gall yr amddiffyniad a’r llys ei ddarllen." : "The defence and the court may read it.") + "', '"
                + (cy ? "Nes i chi ei lofnodi, dim ond chi all ei ddarllen." : "Until you sign it, nobody but you can read it.")
                + "'], 'questions': [{'question': 'feelings', 'words': '" + feelings + "'}, {'question': 'money', 'words': '" + money
                + "'}], 'declaration': '" + declaration + "', 'may_write': true}"));
        String words = ", 'text': '" + text + "', 'answers': [{'question': 'money', 'text': '" + answer + "'}]";
        said.say("GET " + PATH + DRAFT, 200, Said.j(draft + words + ", 'notices': [{'kind': 'phone', 'pointer': '/text', 'from': " + from
                + ", 'to': " + (from + 12) + ", 'words': '" + phone + "'}]}"), "\"7\"");
        said.say("PUT " + PATH + DRAFT, 200, Said.j(draft + words + "}"), "\"8\"");
        said.say("GET " + PATH + SIGNED, 200, Said.j(signed + words + ", 'signature': 'Alys Penrose', 'declaration': '" + declaration
                + "', 'read_aloud': 'someone_else'}"), "\"s1\"");
        said.say("PUT " + PATH + SIGNED + "/read-aloud", 200, Said.j(signed + words + ", 'read_aloud': 'not_at_all'}"), "\"s2\"");
        said.say("GET " + PATH + SIGNED + "/document", 200, "%PDF-1.7 and so on");
        said.say("GET " + PATH + KEPT, 200, Said.j(kept + ", 'made_at': '2027-02-20T10:00:00Z', 'where_kept': 'AB/1'}"), "\"k1\"");
        said.say("POST " + PATH + DRAFT + "/submission", 200, Said.j(signed + words + "}"), "\"s1\"");
    }
}
