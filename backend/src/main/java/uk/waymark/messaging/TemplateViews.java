package uk.waymark.messaging;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import uk.waymark.api.model.Language;
import uk.waymark.api.model.Template;
import uk.waymark.api.model.TemplateEncoding;
import uk.waymark.api.model.TemplateField;
import uk.waymark.api.model.TemplateProposal;
import uk.waymark.api.model.TemplateProposalState;
import uk.waymark.api.model.TemplateText;
import uk.waymark.api.model.TemplateTogether;
import uk.waymark.api.model.TemplateVariant;
import uk.waymark.api.model.TemplateVersion;
import uk.waymark.api.model.TemplateVersionHow;
import uk.waymark.api.model.TemplateWording;
import uk.waymark.messaging.ForceWords.WordsNow;
import uk.waymark.messaging.WordsProposals.Proposal;
import uk.waymark.notifications.TemplateStore;
import uk.waymark.notifications.Templates;
import uk.waymark.notifications.Wording;
import uk.waymark.notifications.sms.SmsText;

/** Words as the contract has them: each text with what it is as a text message at its longest. */
final class TemplateViews {
    private static final int NAME_LENGTH = 100;
    private final Templates templates;
    private final TemplateStore store;

    TemplateViews(Templates templates, TemplateStore store) {
        this.templates = templates;
        this.store = store;
    }

    Template template(WordsNow s) {
        Wording wording = s.live().wording();
        List<TemplateField> fields = new TreeMap<>(wording.fields()).entrySet().stream()
            .map(f -> new TemplateField(f.getKey(), f.getValue())).toList();
        var shown = new Template(wording.name(), wording.version(), s.live().own(), utc(s.live().savedAt()), texts(wording, s.price()),
            fields);
        shown.setTogether(together(wording, s.price()));
        shown.setProposal(s.proposal() == null ? null : proposal(s.proposal(), s.price()));
        shown.setWithdrawn(s.withdrawn() == null ? null : proposal(s.withdrawn(), s.price()));
        return shown;
    }

    private TemplateProposal proposal(Proposal p, BigDecimal price) {
        Wording wording = store.own(p.name(), 1, p.texts());
        var shown = new TemplateProposal(p.id(), TemplateProposalState.fromValue(p.state()), shortened(p.proposedBy()),
            utc(p.proposedAt()), texts(wording, price), together(wording, price));
        shown.setReason(p.reason());
        shown.setEndedBy(shortened(p.endedBy()));
        shown.setEndedAt(utc(p.endedAt()));
        shown.setEndedReason(p.endedReason());
        return shown;
    }

    TemplateVersion version(WordsHistory.Lived l) {
        String to = l.shared() ? WordsChanges.SHIPPED : String.valueOf(l.version());
        var shown = new TemplateVersion(to, l.version(), how(l), l.to() == null, wordings(l.wording()));
        shown.setLiveFrom(utc(l.from()));
        shown.setLiveTo(utc(l.to()));
        if (l.proposal() != null) {
            shown.setProposedBy(shortened(l.proposal().proposedBy()));
            shown.setProposedAt(utc(l.proposal().proposedAt()));
            shown.setApprovedBy(shortened(l.change().madeBy()));
            shown.setReason(l.proposal().reason());
        } else if (l.change() != null) {
            shown.setRolledBackBy(shortened(l.change().madeBy()));
            shown.setBackTo(l.change().backTo() == WordsProposals.SHARED ? WordsChanges.SHIPPED : l.change().backTo().toString());
            shown.setReason(l.change().reason());
        }
        return shown;
    }

    private static TemplateVersionHow how(WordsHistory.Lived l) {
        return l.version() == 0 ? TemplateVersionHow.SHIPPED : l.change() == null ? TemplateVersionHow.SAVED
            : l.proposal() == null ? TemplateVersionHow.ROLLED_BACK : TemplateVersionHow.APPROVED;
    }

    private List<TemplateWording> wordings(Wording wording) {
        return templates.languages().stream().flatMap(language -> variants(wording, language).entrySet().stream().map(v ->
            new TemplateWording(Language.fromValue(language), TemplateVariant.fromValue(v.getKey()), v.getValue()))).toList();
    }

    private List<TemplateText> texts(Wording wording, BigDecimal price) {
        return templates.languages().stream().flatMap(language ->
            variants(wording, language).keySet().stream().map(v -> text(wording, language, v, price))).toList();
    }

    private static Map<String, String> variants(Wording wording, String language) {
        return new TreeMap<>(wording.texts().getOrDefault(language, Map.of()));
    }

    private static TemplateText text(Wording wording, String language, String variant, BigDecimal price) {
        String preview = wording.longest(language, variant);
        SmsText.Size size = SmsText.size(preview);
        var shown = new TemplateText(Language.fromValue(language), TemplateVariant.fromValue(variant),
            wording.texts().get(language).get(variant), preview, encoding(size), size.places(), size.segments(),
            wording.segments().get(language));
        shown.setCostPence(cost(size, price));
        return shown;
    }

    /** As somebody of a Welsh force gets them whose language is not known. */
    private List<TemplateTogether> together(Wording wording, BigDecimal price) {
        return variants(wording, templates.languages().getFirst()).keySet().stream().map(variant -> {
            String preview = SmsText.sanitise(templates.asking(templates.render(wording, Contacts.BOTH_LANGUAGES, variant,
                wording.fields())).text());
            SmsText.Size size = SmsText.size(preview);
            var shown = new TemplateTogether(TemplateVariant.fromValue(variant), preview, encoding(size), size.places(), size.segments());
            shown.setCostPence(cost(size, price));
            return shown;
        }).toList();
    }

    private static TemplateEncoding encoding(SmsText.Size size) {
        return size.ucs2() ? TemplateEncoding.UCS2 : TemplateEncoding.GSM7;
    }

    /** @return null where no price is known */
    private static BigDecimal cost(SmsText.Size size, BigDecimal price) {
        if (price == null) {
            return null;
        }
        BigDecimal cost = price.multiply(BigDecimal.valueOf(size.segments())).stripTrailingZeros();
        return cost.scale() < 0 ? cost.setScale(0) : cost;
    }

    private static String shortened(String name) {
        return name == null || name.length() <= NAME_LENGTH ? name : name.substring(0, NAME_LENGTH);
    }

    private static OffsetDateTime utc(Instant at) {
        return at == null ? null : at.atOffset(ZoneOffset.UTC);
    }
}
