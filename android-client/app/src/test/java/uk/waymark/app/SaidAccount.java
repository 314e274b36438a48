package uk.waymark.app;

/** What a server says of the account. */
final class SaidAccount {
    static final String SENT = "0198c2a4-8200-7c01-9e5f-8a7b6c5d4e02";
    static final String CHANGE = "0198c2a4-77d1-7c52-9b1e-5f0a4c3d2e31";

    private SaidAccount() {}

    static void say(Said said, String language) {
        boolean cy = language.equals("cy");
        said.say("PUT /v1/me/pin", 204, "").say("DELETE /v1/me/pin", 204, "");
        said.say("PUT /v1/me/activity", 204, "");
        String change = "{'id': '" + CHANGE + "', 'kind': 'mobile', 'started_at': '2027-03-04T18:02:10Z'";
        said.say("GET /v1/me/contact-changes", 200, Said.j("{'items': [" + change + ", 'state': 'received'}], 'next_cursor': null}"));
        said.say("POST /v1/me/contact-changes", 202, Said.j(change + ", 'state': 'received', 'code_expires_in': 600, 'message': '"
                + (cy ? "Rydym wedi derbyn hyn a byddwn yn ei wirio." : "We have received this and will check it.") + "'}"));
        said.say("POST /v1/me/contact-changes/" + CHANGE + "/confirmation", 200, Said.j(change + ", 'state': 'checking', 'message': '"
                + (cy ? "Diolch. Byddwn yn gwirio hyn." : "Thank you. We will check this.") + "'}"));
        said.say("DELETE /v1/me/contact-changes/" + CHANGE, 204, "");
        said.say("GET /v1/me/notifications", 200, Said.j("{'items': [{'id': '" + SENT + "', 'channel': 'sms', 'template': 'case_update', "
                + "'language': '" + language + "', 'state': 'delivered', 'sent_at': '2027-03-04T18:02:10Z', 'words': 'kept', 'text': '"
                + (cy ? "Mae rhywbeth newydd i chi." : "There is something new for you.") + "'}, {'id': '0198c2a4-8200-7c01-9e5f-8a7b6c5d4e01', "
                + "'channel': 'letter', 'template': 'invitation', 'language': '" + language + "', 'state': 'accepted', 'sent_at': "
                + "'2027-03-01T09:10:00Z', 'read_at': '2027-03-02T09:10:00Z', 'words': 'never_kept'}], 'next_cursor': null}"));
        said.say("POST /v1/me/notifications/" + SENT + "/read", 204, "");
        said.say("GET /v1/me/contact-preferences/history", 200, Said.j("{'items': [{'id': '0198c2a4-70aa-7d31-a6c0-9b8f7e6d5c21', 'changed_at': "
                + "'2027-03-04T18:02:10Z', 'by': 'staff', 'role': 'witness_care', 'changes': [{'field': 'language', 'value': 'cy'}, "
                + "{'field': 'word'}, {'field': 'of_a_newer_server'}]}], 'next_cursor': null}"));
        said.say("GET /v1/me/export", 200, "PK and so on");
        said.say("POST /v1/me/erasure-requests", 202, Said.j("{'erased': [{'what': 'account', 'detail': '"
                + (cy ? "Mae eich mewngofnodi’n dod i ben ar unwaith." : "Your sign-in ends at once.") + "'}], 'kept': [{'what': 'case_records', "
                + "'reason': '" + (cy ? "Mae ei angen ar gyfer tasg o dan y gyfraith." : "It is needed for a task under the law.") + "'}]}"));
    }
}
