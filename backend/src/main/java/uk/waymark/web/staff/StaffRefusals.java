package uk.waymark.web.staff;

import gg.jte.generated.precompiled.Templates;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import uk.waymark.web.Answers;
import uk.waymark.web.Form;
import uk.waymark.web.Page;
import uk.waymark.web.Refusal;
import uk.waymark.web.Refused;
import uk.waymark.web.Reply;
import uk.waymark.web.Visit;
import uk.waymark.web.Words;

/** What was not put down: the item once more where it can be mended, or why not. What they wrote is on either page. */
@Singleton
final class StaffRefusals {
    /** The fields in which staff write, of which a form has one. */
    private static final List<String> WRITTEN = List.of("note", "because", "body");
    private final StaffItems items;
    private final Templates templates;

    StaffRefusals(StaffItems items, Templates templates) {
        this.items = items;
        this.templates = templates;
    }

    /** Why it cannot be done, in the words of the API, with what they wrote to be copied. */
    HttpResponse<?> refused(Visit visit, Words title, Refusal refusal, Form form) {
        String typed = WRITTEN.stream().map(form::find).flatMap(Optional::stream).findFirst().orElse(null);
        return Answers.page(visit, HttpStatus.CONFLICT, templates.pagesStaffRefused(visit.page(), title, refusal.detail(), typed));
    }

    /**
     * The item with what has to be mended. Meanwhile the claim may have lapsed and somebody else may have it.
     *
     * @throws Refused where nothing about the item is why
     */
    HttpResponse<?> again(Visit visit, UUID item, List<Page.Fault> faults, Form form) {
        return switch (items.take(visit, item)) {
            case Reply.Done<StaffItem> done -> Answers.again(visit, templates.pagesStaffItem(visit.again(faults, form), done.body()));
            case Reply.No<StaffItem> no when no.refusal().status() == 409 || no.refusal().status() == 404 ->
                refused(visit, DeskText.NOT_PUT_DOWN, no.refusal(), form);
            case Reply.No<StaffItem> no -> throw new Refused(no.refusal());
        };
    }
}
