package uk.waymark.cases;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Caller;

/** The cases that a person reads, one after another. */
@Singleton
public final class OwnCases {
    private static final int PAGE = 50;
    private final ActingAs acting;
    private final CaseReader reader;

    OwnCases(ActingAs acting, CaseReader reader) {
        this.acting = acting;
        this.reader = reader;
    }

    /** The newest first. @param cases takes id and crime reference, outside of any transaction */
    public void each(Caller.OwnView view, BiConsumer<UUID, String> cases) {
        rows(view, row -> cases.accept(row.id(), row.crimeReference()));
    }

    void rows(Caller.OwnView view, Consumer<CaseReader.Row> rows) {
        CaseReader.Row last = null;
        List<CaseReader.Row> page;
        do {
            CaseReader.Row from = last;
            page = acting.as(view, c -> from == null ? reader.page(c, null, null, PAGE)
                : reader.page(c, from.updatedAt(), from.id(), PAGE));
            page.forEach(rows);
            last = page.isEmpty() ? null : page.getLast();
        } while (page.size() == PAGE);
    }
}
