package uk.waymark.app;

import com.google.gson.JsonObject;
import java.util.List;

/** A call that was asked for: moving it, or having it otherwise. What is free changes by the minute, so that it is done at once or not at all. */
public final class CallScreen extends FormScreen {
    private CallFields fields;

    @Override
    protected String path() {
        return "/v1/me/call-backs/" + about();
    }

    @Override
    protected int titled() {
        return R.string.change_call;
    }

    @Override
    protected void form(Page page, JsonObject from) {
        if (Fields.is(from, "next")) {
            page.text(Fields.text(from, "next"));
        }
        fields = new CallFields(this, page, from, Fields.text(from.has("case_id") ? from : stands(), "case_id"));
    }

    @Override
    protected JsonObject filled() {
        return fields.filled();
    }

    @Override
    protected List<String> words(JsonObject said) {
        return CallFields.words(this, said);
    }
}
