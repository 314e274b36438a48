package uk.waymark.messaging;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.time.ZoneOffset;
import java.util.List;
import java.util.TreeMap;
import uk.waymark.api.StaffTemplatesApi;
import uk.waymark.api.model.Language;
import uk.waymark.api.model.Template;
import uk.waymark.api.model.TemplateEncoding;
import uk.waymark.api.model.TemplateField;
import uk.waymark.api.model.TemplateText;
import uk.waymark.api.model.TemplateVariant;
import uk.waymark.api.model.TemplateWords;
import uk.waymark.notifications.TemplateStore.Kept;
import uk.waymark.notifications.Templates;
import uk.waymark.notifications.Wording;
import uk.waymark.notifications.sms.SmsText;
import uk.waymark.platform.CurrentCaller;

/** The words of messages, over HTTP. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
class TemplatesController implements StaffTemplatesApi {
    private final ForceWords words;
    private final Templates templates;
    private final CurrentCaller caller;

    TemplatesController(ForceWords words, Templates templates, CurrentCaller caller) {
        this.words = words;
        this.templates = templates;
        this.caller = caller;
    }

    @Override
    public HttpResponse<Template> getTemplate(String name) {
        return answer(words.read(caller.staff(), name));
    }

    @Override
    public HttpResponse<Template> putTemplate(String name, TemplateWords wanted, Boolean dryRun, String ifMatch) {
        List<ForceWords.Words> texts = wanted.getTexts().stream().map(t -> new ForceWords.Words(t.getLanguage().getValue(),
            t.getVariant().getValue(), t.getText())).toList();
        return answer(words.save(caller.staff(), name, texts, ifMatch, Boolean.TRUE.equals(dryRun)));
    }

    private HttpResponse<Template> answer(Kept kept) {
        Wording wording = kept.wording();
        List<TemplateText> texts = templates.languages().stream().flatMap(language ->
            new TreeMap<>(wording.texts().get(language)).keySet().stream().map(v -> text(wording, language, v))).toList();
        List<TemplateField> fields = new TreeMap<>(wording.fields()).entrySet().stream()
            .map(f -> new TemplateField(f.getKey(), f.getValue())).toList();
        return HttpResponse.ok(new Template(wording.name(), wording.version(), kept.own(),
            kept.savedAt().atOffset(ZoneOffset.UTC), texts, fields)).header(HttpHeaders.ETAG, ForceWords.tag(kept));
    }

    private static TemplateText text(Wording wording, String language, String variant) {
        String preview = wording.longest(language, variant);
        SmsText.Size size = SmsText.size(preview);
        return new TemplateText(Language.fromValue(language), TemplateVariant.fromValue(variant),
            wording.texts().get(language).get(variant), preview,
            size.ucs2() ? TemplateEncoding.UCS2 : TemplateEncoding.GSM7, size.places(), size.segments(),
            wording.segments().get(language));
    }
}
