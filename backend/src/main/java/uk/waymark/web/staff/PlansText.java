package uk.waymark.web.staff;

import java.math.BigDecimal;
import uk.waymark.api.model.Language;
import uk.waymark.api.model.TemplateText;
import uk.waymark.api.model.TemplateTogether;
import uk.waymark.api.model.TemplateVariant;
import uk.waymark.web.Page;
import uk.waymark.web.Texts;
import uk.waymark.web.Words;

/** Texts of the pages for plans of reminders and the words of messages. */
public enum PlansText implements Words {
    TITLE,
    PLANS_TITLE,
    WORDS_TITLE,
    KIND,
    PLAN,
    PLAN_TITLE,
    OWN,
    SHARED,
    SAVED,
    NOBODY,
    STEP_SHOWN,
    STEP_ONE,
    STEP_WORKING,
    STEP_WORKING_ONE,
    STEP,
    DAYS,
    WORKING,
    AT,
    SAYS,
    QUESTION,
    DETAILS,
    ALSO_OTHERS,
    SAVE_PLAN,
    PLAN_LEAD,
    PLAN_BAD,
    CHANGED,
    KEPT,
    MESSAGE,
    WORDS_LEAD,
    NOW,
    NEUTRAL,
    PLAIN,
    TOGETHER,
    LANG_EN,
    LANG_CY,
    SIZE,
    SIZE_TOGETHER,
    COST,
    FIELDS,
    WAITING,
    PROPOSED_BY,
    WITHDRAWN,
    APPROVE,
    APPROVE_NOT,
    WITHDRAW_REASON,
    WITHDRAW,
    REASON_MISSING,
    PROPOSE_TITLE,
    WORDS_OF,
    REASON,
    PREVIEW,
    PREVIEW_TITLE,
    PROPOSE,
    WORDS_BAD,
    VERSIONS,
    FROM,
    UNTIL,
    WHO,
    VERSION,
    LIVE,
    BACK_TITLE,
    BACK_TO,
    BACK_SHIPPED,
    BACK_NUMBER,
    BACK_REASON,
    BACK,
    BACK_NOT;

    /** What a message is, in words. @param name of its template */
    public static String ofMessage(Page page, String name) {
        return Texts.file("templates", page.lang()).text(name, name.replace('_', ' '));
    }

    /** A kind of date, in words. @param kind as the API has it */
    public static String ofKind(Page page, String kind) {
        return Texts.file("occasions", page.lang()).text(kind, kind.replace('_', ' '));
    }

    /** What a text would take: how long it is, and about what it costs. */
    public static String size(Page page, TemplateText text) {
        return page.t(SIZE, text.getCharacters(), text.getSegments(), text.getMostSegments()) + cost(page, text.getCostPence());
    }

    /** As {@link #size(Page, TemplateText)}. */
    public static String size(Page page, TemplateTogether both) {
        return page.t(SIZE_TOGETHER, both.getCharacters(), both.getSegments()) + cost(page, both.getCostPence());
    }

    private static String cost(Page page, BigDecimal pence) {
        return pence == null ? "" : ". " + page.t(COST, pence.stripTrailingZeros().toPlainString());
    }

    /** For whom and in which language a text is. */
    public static String of(Page page, TemplateText text) {
        return page.t(WORDS_OF, page.t(text.getLanguage() == Language.CY ? LANG_CY : LANG_EN), variant(page, text.getVariant()));
    }

    /** For whom a text is. */
    public static String variant(Page page, TemplateVariant variant) {
        return page.t(variant == TemplateVariant.PLAIN ? PLAIN : NEUTRAL);
    }
}
